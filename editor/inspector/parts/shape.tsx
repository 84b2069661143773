import { own } from "../../../runtime/graph/own.ts";
import { useRun } from "../../app/use-studio.ts";
import { pathOf, uiNameOf, keyOf, type Key } from "../../document/keys.ts";
import { wireNameOf } from "../../document/wire-name.ts";

/** The shape that the last run had at a source of wires: the samples first. Nothing where it had none. */
export function ShapeText({ source }: { readonly source: Key }) {
  const name = nameOf(source);
  const shape = useRun(({ shapes }) => (name === null ? undefined : own(shapes, name)));
  if (shape === undefined || shape.length === 0) return null;
  return (
    <code className="inspector-shape" translate="no">
      {shape.join(" × ")}
    </code>
  );
}

/** As a run names tensors; a state has the shape of what its zone gives in the end. */
function nameOf(source: Key): string | null {
  const path = pathOf(source);
  const [group, name] = path;
  if (group === "inputs" && path.length === 3) return `@${name}`;
  const at = path.lastIndexOf("states");
  if (group === "graph" && at >= 0 && path[at + 2] === "current")
    return `${uiNameOf(keyOf(path.slice(0, at)))}.${path[at + 1]}`;
  return wireNameOf(source);
}
