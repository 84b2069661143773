import type { Registry } from "../../../runtime/graph/define-node.ts";
import type { Document, Node } from "../../../runtime/graph/document.ts";
import { pathOf, type Key } from "../../document/keys.ts";
import { readersOf } from "../../document/reads.ts";
import { shapesOfNode } from "../params/param-host.ts";
import type { Bound, NumberField } from "./field.ts";
import { fieldsOf } from "./fields-of.ts";

const anyNumber: NumberField = { kind: "number", integer: false, min: null, max: null, unit: null };

/** How the number in an input is edited: as all that read it want it, through blocks too. What an expression reads is free. */
export function slotField(document: Document, registry: Registry, slot: Key): NumberField {
  const reads = readersOf(document).get(`${slot}/out`) ?? [];
  return reads.flatMap(({ key }) => fieldAt(document, registry, key)).reduce(narrowed, anyNumber);
}

/** What the place of that key, a wire into a node, takes. */
function fieldAt(document: Document, registry: Registry, key: Key): readonly NumberField[] {
  const [, host, name] = /^(.+)\/in\/([^/]+)$/u.exec(key) ?? [];
  const node = host === undefined ? undefined : nodeAt(document, host);
  if (node === undefined || name === undefined) return [];
  if ("use" in node) return [slotField(document, registry, `blocks/${node.use}/inputs/${name}`)];
  const shapes = shapesOfNode(node, document.blocks, registry);
  return (shapes === null ? [] : fieldsOf(shapes)).flatMap(({ field, ...each }) =>
    each.name === name && field.kind === "number" ? [field] : [],
  );
}

function nodeAt(document: Document, key: Key): Node | undefined {
  const found = pathOf(key).reduce<unknown>(
    (at, part) => (at as Readonly<Record<string, unknown>> | undefined)?.[part],
    document,
  );
  return found as Node | undefined;
}

const narrowed = (a: NumberField, b: NumberField): NumberField => ({
  kind: "number",
  integer: a.integer || b.integer,
  min: nearer(a.min, b.min, 1),
  max: nearer(a.max, b.max, -1),
  unit: a.unit ?? b.unit,
});

/** The bound that leaves less: of two below (`way` 1) the higher one. */
function nearer(a: Bound | null, b: Bound | null, way: 1 | -1): Bound | null {
  if (a === null || b === null) return a ?? b;
  if (a.value === b.value) return a.inclusive ? b : a;
  return way * a.value > way * b.value ? a : b;
}
