import type { AnyNode } from "../../../runtime/graph/define-node.ts";
import type { NamedField } from "./field.ts";
import { readFields } from "./read-field.ts";

/** A param of a node as a form shows it. */
export interface ParamField extends NamedField {
  /** A number that may be an expression or a wire; changing it recompiles nothing. */
  readonly scalar: boolean;
}

const known = new WeakMap<object, readonly ParamField[]>();

/** All params of a definition: the numbers, which people turn most, before what shapes the program. */
export function fieldsOf(definition: Pick<AnyNode, "params" | "scalars">): readonly ParamField[] {
  const before = known.get(definition);
  if (before !== undefined) return before;
  const fields = [
    ...readFields(definition.scalars).map((field) => ({ ...field, scalar: true })),
    ...readFields(definition.params).map((field) => ({ ...field, scalar: false })),
  ];
  known.set(definition, fields);
  return fields;
}
