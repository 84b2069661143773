import type { Registry } from "../../../runtime/graph/define-node.ts";
import type { Block, Slot, SlotKind } from "../../../runtime/graph/document.ts";
import { own } from "../../../runtime/graph/own.ts";
import type { PortType } from "../../../runtime/graph/ports.ts";
import type { Ref } from "../../../runtime/graph/refs.ts";
import type { Resolved } from "../../../runtime/graph/resolve.ts";
import { counters } from "../../../runtime/graph/resolve.ts";
import type { Analysis } from "../analysis.ts";
import { analyse } from "../analysis.ts";
import { freeBlock, freeName, takenIds, takenRails } from "../ids.ts";
import type { Key } from "../keys.ts";
import { idOf, keyOf, scopeKeyOf, uiNameOf } from "../keys.ts";
import { loopRef } from "../loop-ref.ts";
import { nodeView } from "../node-view.ts";
import { nodeAt } from "../places.ts";
import type { Read } from "../reads.ts";
import { readsOf } from "../reads.ts";
import { sinkAt } from "../sinks.ts";
import type { Point } from "../ui.ts";
import { uiOf } from "../ui.ts";
import { ownerKeyOf, sourceKeyOf } from "../wires.ts";
import type { DocumentDraft } from "./draft.ts";
import { deleteAt, scopeIn, setAt, settled } from "./draft.ts";
import { nameOf } from "./expose.ts";
import { move } from "./move.ts";
import { rewriteReads } from "./references.ts";
import { followUi } from "./ui-draft.ts";
import { isWithin } from "../../../runtime/graph/within.ts";

/**
 * [B1] Makes a block of nodes of one body, and a use of it in their place. Each source that they read becomes an input, each
 * port of theirs that is read elsewhere an output. Returns the keys of the use and of the block.
 */
export function makeBlock(
  draft: DocumentDraft,
  registry: Registry,
  keys: readonly Key[],
  wanted: string,
): { readonly use: Key; readonly block: Key } | null {
  const document = settled(draft);
  const [first] = keys.filter((key) => nodeAt(document, key) !== null);
  if (first === undefined) return null;
  const body = scopeKeyOf(first);
  const chosen = keys.filter((key) => nodeAt(document, key) !== null && scopeKeyOf(key) === body);
  const border = borderOf(analyse(document, registry), registry, chosen);
  const name = freeBlock(document, wanted);
  const taken = new Set(
    [...takenIds(scopeIn(draft, body))].filter((id) => !chosen.includes(`${body}/${id}`)),
  );
  const id = freeName(wanted, taken);
  rewriteReads(draft, (read) => border.rewrite(read, id));
  const graph = Object.fromEntries(
    chosen.map((key) => [idOf(key), nodeAt(settled(draft), key)?.node]),
  );
  for (const key of chosen) deleteAt(draft, key);
  const block: Block = {
    inputs: border.inputs,
    graph: graph as Block["graph"],
    outputs: border.outputs,
  };
  setAt(draft, `blocks/${name}`, block);
  const inside = chosen.map((key) => [key, `blocks/${name}/graph/${idOf(key)}`] as const);
  for (const [from, to] of inside) followUi(draft, { from, to });
  const use = `${body}/${id}`;
  const wires = border.wires;
  setAt(draft, use, {
    type: "block",
    use: name,
    ...(Object.keys(wires).length === 0 ? {} : { in: wires }),
  });
  const places = inside.flatMap(([from, to]) => {
    const point = own(uiOf(document).nodes, uiNameOf(from));
    return point === undefined ? [] : [[to, point] as const];
  });
  const [origin] = places.map(([, point]) => point);
  if (origin !== undefined) {
    const within = places.map(([key, [x, y]]): [Key, Point] => [
      key,
      [x - origin[0], y - origin[1]],
    ]);
    move(draft, new Map([[use, origin], ...within]));
  }
  return { use, block: `blocks/${name}` };
}

/** What goes in and out of a selection. */
interface Border {
  readonly inputs: Readonly<Record<string, Slot>>;
  readonly wires: Readonly<Record<string, Ref>>;
  readonly outputs: Readonly<Record<string, Ref>>;
  /** What a read becomes when the selection is a block, used by the node of that id. */
  rewrite(read: Read, use: string): Ref | undefined;
}

function borderOf(analysis: Analysis, registry: Registry, chosen: readonly Key[]): Border {
  const { document } = analysis;
  const isInside = (key: Key): boolean => chosen.some((node) => isWithin(key, node));
  const reads = readsOf(document).filter(({ from }) => from !== null);
  const entering = reads.filter(
    ({ target, from }) => isInside(target) && from !== null && !isInside(ownerKeyOf(from.source)),
  );
  const leaving = reads.filter(
    ({ target, from }) => !isInside(target) && from !== null && isInside(ownerKeyOf(from.source)),
  );
  const inputs = new Map<Key, { readonly name: string; readonly slot: Slot; readonly ref: Ref }>();
  const taken = new Set<string>([...counters, ...railsInside(analysis, chosen)]);
  const scope = nodeAt(document, chosen[0] ?? "")?.scope;
  for (const read of entering) {
    const { from } = read;
    if (from === null || scope === undefined || inputs.has(sourceKeyOf(from.source))) continue;
    const whole: Resolved = { source: from.source };
    const name = freeName(suggested(whole, loopRef(whole, scope)), taken);
    taken.add(name);
    const slot: Slot = { kind: kindOf(analysis, registry, read) };
    inputs.set(sourceKeyOf(from.source), { name, slot, ref: loopRef(whole, scope) });
  }
  const outputs = outputsOf({ analysis, registry, chosen, leaving });
  const rewrite = (read: Read, use: string): Ref | undefined => {
    const { from } = read;
    if (from === null) return undefined;
    const tail = from.field === undefined ? "" : `.${from.field}`;
    const key = sourceKeyOf(from.source);
    if (isInside(read.target)) {
      const input = inputs.get(key);
      return input === undefined ? undefined : `@${input.name}${tail}`;
    }
    const name = outputs.get(key)?.name;
    return name === undefined ? undefined : `${use}.${name}${tail}`;
  };
  return {
    inputs: Object.fromEntries([...inputs.values()].map(({ name, slot }) => [name, slot])),
    wires: Object.fromEntries([...inputs.values()].map(({ name, ref }) => [name, ref])),
    outputs: Object.fromEntries([...outputs.values()].map(({ name, ref }) => [name, ref])),
    rewrite,
  };
}

/** `gradient` for `gradient.x` too: a port called x says little. */
function suggested({ source }: Resolved, ref: Ref): string {
  return source.kind === "port" && source.port.length === 1
    ? source.id
    : nameOf(ref).replace(/^\d/, "x");
}

function railsInside({ document }: Analysis, chosen: readonly Key[]): readonly string[] {
  return chosen.flatMap((key) => {
    const place = nodeAt(document, key);
    if (place === null) return [];
    const { id, node } = place;
    const only = {
      ...place.scope,
      kind: "root" as const,
      parent: null,
      inputs: {},
      block: null,
      body: { [id]: node },
    };
    return [...takenRails(only)];
  });
}

/** The kind of input that holds a source; of a tensor of no known space, what its reader takes. */
function kindOf(analysis: Analysis, registry: Registry, read: Read): SlotKind {
  const type = read.from === null ? null : analysis.types.typeOfSource(read.from.source);
  const known = type === null ? null : slotKindOf(type);
  if (known !== null) return known;
  const wanted = read.inExpression ? null : (sinkAt(analysis, registry, read.key)?.wanted ?? null);
  const asked = wanted === null ? null : slotKindOf(wanted);
  return asked ?? (type?.kind === "tensor" ? "signal" : "scalar");
}

function slotKindOf(type: PortType): SlotKind | null {
  if (type.kind === "number") return null;
  if (type.kind !== "tensor") return type.kind;
  return type.space === "unknown" ? null : type.space;
}

interface Leaving {
  readonly analysis: Analysis;
  readonly registry: Registry;
  readonly chosen: readonly Key[];
  readonly leaving: readonly Read[];
}

/** Ports that are read outside; where none is, those of the nodes that no other of them reads. */
function outputsOf({ analysis, registry, chosen, leaving }: Leaving) {
  const outputs = new Map<Key, { readonly name: string; readonly ref: Ref }>();
  const taken = new Set<string>();
  const add = (key: Key, id: string, port: string): void => {
    if (outputs.has(key)) return;
    const name = freeName(outputs.size > 0 && taken.has(port) ? id : port, taken);
    taken.add(name);
    outputs.set(key, { name, ref: `${id}.${port}` });
  };
  for (const { from } of leaving)
    if (from?.source.kind === "port")
      add(sourceKeyOf(from.source), from.source.id, from.source.port);
  if (outputs.size > 0) return outputs;
  const read = new Set(
    readsOf(analysis.document).flatMap(({ from }) =>
      from === null ? [] : [ownerKeyOf(from.source)],
    ),
  );
  for (const key of chosen.filter((node) => !read.has(node))) {
    const place = nodeAt(analysis.document, key);
    const view = place === null ? null : nodeView(place.scope, place.id, analysis, registry);
    const [port] = view?.outputs ?? [];
    if (place !== null && port !== undefined)
      add(keyOf([key, "out", port.name]), place.id, port.name);
  }
  return outputs;
}
