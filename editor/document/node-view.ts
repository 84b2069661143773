import type { Registry } from "../../runtime/graph/define-node.ts";
import type { BlockNode, Node, Slot } from "../../runtime/graph/document.ts";
import { isBlockNode, isPlainNode, isZone } from "../../runtime/graph/document.ts";
import { hasPorts, plainPorts, slotTypes } from "../../runtime/graph/node-ports.ts";
import { own } from "../../runtime/graph/own.ts";
import type { PortType } from "../../runtime/graph/ports.ts";
import { counters } from "../../runtime/graph/resolve.ts";
import type { RootScope, Scope } from "../../runtime/graph/scope.ts";
import type { Analysis } from "./analysis.ts";
import { keyOf, nodeKeyOf } from "./keys.ts";
import { readersOf, readPortsOf } from "./reads.ts";
import { labelOf } from "./ui.ts";
import { labelled } from "./view/labelled.ts";
import { remembered } from "./view/memory.ts";
import { assemble, inputViews, outputPort, paramView, pin, plainView } from "./view/plain-view.ts";
import type { NodeView } from "./view/view.ts";
import { zoneView } from "./view/zone-view.ts";

export { rowCentre } from "./view/node-metrics.ts";
export { zoneBox } from "./view/zone-box.ts";
export type { Box } from "./view/zone-box.ts";
export type { NodeView, PortView } from "./view/view.ts";

/** What is shown of a node, zone or block; the same object while nothing of it changes. Null without such a node. */
export function nodeView(
  scope: Scope,
  id: string,
  analysis: Analysis,
  registry: Registry,
): NodeView | null {
  const node = own(scope.body, id);
  if (node === undefined) return null;
  const key = nodeKeyOf(scope, id);
  const view = remembered({
    registry,
    key,
    of: node,
    dependsOnMore: () => !isPlainNode(node) || !hasPorts(plainPorts(registry, node)),
    make: () => viewOf(scope, id, node, { analysis, registry }),
  });
  return labelled(view, labelOf(analysis.document, key));
}

interface Context {
  readonly analysis: Analysis;
  readonly registry: Registry;
}

function viewOf(scope: Scope, id: string, node: Node, { analysis, registry }: Context): NodeView {
  const { document, types } = analysis;
  const key = keyOf([...scope.path, id]);
  if (isZone(node)) {
    const readers = readersOf(document);
    const counted = counters.filter((name) => readers.has(`${key}/counters/${name}`));
    return zoneView({ key, id, scope, types, counted }, node);
  }
  const readPorts = () => readPortsOf(document).get(key) ?? [];
  if (isBlockNode(node)) return blockView({ scope, id, readPorts }, node, analysis);
  return plainView({ key, id, registry, readPorts }, node);
}

interface Place {
  readonly scope: Scope;
  readonly id: string;
  readonly readPorts: () => readonly string[];
}

/** A use of a block; a ghost where the file has no such block. */
function blockView(
  { scope, id, readPorts }: Place,
  node: BlockNode,
  { document, types }: Analysis,
): NodeView {
  const key = keyOf([...scope.path, id]);
  const block = own(document.blocks, node.use);
  const slots = Object.entries(block?.inputs ?? {});
  const scalars = slots.filter(([, { kind }]) => kind === "scalar").map(([name]) => name);
  const given = node.params ?? {};
  return assemble({
    key,
    id,
    kind: block === undefined ? "ghost" : "block",
    type: "block",
    title: block?.name ?? node.use,
    summary: block?.about?.summary ?? "",
    inputs: inputViews({
      key,
      wires: node.in ?? {},
      ports: Object.fromEntries(slots.map(([name, slot]) => [name, slotPort(slot)])),
      params: scalars,
      given: Object.keys(given),
    }),
    outputs: (block === undefined ? readPorts() : Object.keys(block.outputs)).map((name) =>
      outputPort(key, id, name, types.typeOfRef(scope, `${id}.${name}`)),
    ),
    params: pin(
      scalars.map((name) => {
        const set = own(given, name);
        const standard = block?.inputs[name]?.default;
        const wired = own(node.in, name) !== undefined;
        return paramView({
          name,
          value: set ?? standard,
          given: set !== undefined,
          structural: false,
          wired,
        });
      }),
    ),
  });
}

const slotPort = (slot: Slot) => ({
  ...slotTypes[slot.kind],
  optional: slot.optional === true || slot.default !== undefined,
});

/** What an input holds where nothing else is given, in few characters; null where it holds nothing. */
export function standsIn({ default: given }: Slot, registry: Registry): string | null {
  if (given === undefined) return null;
  if (typeof given === "number") return String(Number(given.toPrecision(5)));
  if ("asset" in given) return given.asset.split("/").at(-1) ?? given.asset;
  return registry.find(given.type, given.v)?.title ?? given.type;
}

/** An input of the graph or of a block. */
export function slotView(scope: RootScope, name: string, registry: Registry): NodeView | null {
  const slot = own(scope.inputs, name);
  if (slot === undefined) return null;
  const key = keyOf([...scope.path.slice(0, -1), "inputs", name]);
  const make = (): NodeView => {
    const type = slotTypes[slot.kind];
    return assemble({
      key,
      id: name,
      kind: "slot",
      type: "slot",
      title: name,
      summary: slot.description ?? "",
      stands: standsIn(slot, registry),
      inputs: [],
      outputs: [
        {
          ...outputPort(key, name, "out", type),
          key: `${key}/out`,
          label: name,
          name,
          ref: `@${name}`,
        },
      ],
      params: [],
    });
  };
  return remembered({ registry, key, of: slot, dependsOnMore: () => false, make });
}

/** What comes out of the graph or of a block. */
export function outputView(
  scope: RootScope,
  name: string,
  analysis: Analysis,
  registry: Registry,
): NodeView | null {
  const { document, types } = analysis;
  const outputs =
    scope.block === null ? document.outputs : own(document.blocks, scope.block)?.outputs;
  const ref = own(outputs, name);
  if (ref === undefined) return null;
  const key = keyOf([...scope.path.slice(0, -1), "outputs", name]);
  const make = (): NodeView => {
    const type: PortType | null = types.typeOfRef(scope, ref);
    return assemble({
      key,
      id: name,
      kind: "output",
      type: "output",
      title: name,
      summary: "",
      inputs: [
        { ...outputPort(key, name, name, type), key, ref: ref || null, missing: ref === "" },
      ],
      outputs: [],
      params: [],
    });
  };
  return remembered({ registry, key, of: null, dependsOnMore: () => true, make });
}
