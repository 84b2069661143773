import type { AnyNode, Registry } from "../define-node.ts";
import type { PortType, TensorTags } from "../ports.ts";
import { portFields, whyNotAssignable } from "../ports.ts";
import type { Ref } from "../refs.ts";

/**
 * How a value of type `from` could be made to fit `to`; undefined where nothing is known. `ref` is the reference it is
 * read by when a field may still be added to it.
 */
export function adapterFor(
  registry: Registry,
  ref: Ref | null,
  from: PortType,
  to: PortType,
): string | undefined {
  const fields = ref === null ? [] : fittingFields(from, to).map((field) => `"${ref}.${field}"`);
  if (fields.length > 0) return `Read a field of it: ${fields.join(" or ")}.`;
  const nodes = adapterNodes(registry, from, to).map(({ type }) => `"${type}"`);
  return nodes.length === 0 ? undefined : `Put ${nodes.join(" or ")} between them.`;
}

/** Fields of a value of type `from` that fit where `to` is wanted. */
export function fittingFields(from: PortType, to: PortType): readonly string[] {
  return Object.entries(portFields[from.kind])
    .filter(([, type]) => whyNotAssignable(type, to) === null)
    .map(([field]) => field);
}

/** Nodes that turn a value of type `from` into one that fits `to`, newest versions. */
export function adapterNodes(registry: Registry, from: PortType, to: PortType): readonly AnyNode[] {
  return registry.types
    .map((type) => registry.versions(type)[0])
    .filter((definition) => definition !== undefined)
    .filter((definition) => adapts(definition, from, to));
}

/** True of a node of one required input that turns the tag in which the types differ. */
function adapts({ inputs, outputs }: AnyNode, from: PortType, to: PortType): boolean {
  const [input, ...more] = Object.values(inputs).filter(({ optional }) => optional !== true);
  const [output, ...others] = Object.values(outputs);
  if (input === undefined || output === undefined || more.length > 0 || others.length > 0)
    return false;
  const fits = whyNotAssignable(from, input) === null && whyNotAssignable(output, to) === null;
  return fits && turns(input, output, from, to);
}

const tags = [
  "space",
  "range",
  "estimates",
  "field",
] as const satisfies readonly (keyof TensorTags)[];

function turns(input: PortType, output: PortType, from: PortType, to: PortType): boolean {
  if (input.kind !== "tensor" || output.kind !== "tensor") return false;
  if (from.kind !== "tensor" || to.kind !== "tensor") return false;
  return tags.some((tag) => {
    const differs = from[tag] !== to[tag] && from[tag] !== "unknown" && to[tag] !== "unknown";
    return differs && input[tag] === from[tag] && output[tag] === to[tag];
  });
}
