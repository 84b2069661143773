import { produce } from "immer";
import type { Registry } from "../../../runtime/graph/define-node.ts";
import type { Block, BlockNode, Document, Slot } from "../../../runtime/graph/document.ts";
import { isBlockNode, isRepeat } from "../../../runtime/graph/document.ts";
import { own } from "../../../runtime/graph/own.ts";
import type { Ref } from "../../../runtime/graph/refs.ts";
import { hasPorts, plainPorts } from "../../../runtime/graph/node-ports.ts";
import { freeName, takenIds } from "../ids.ts";
import type { Key } from "../keys.ts";
import { idOf, pathOf, scopeKeyOf, uiNameOf } from "../keys.ts";
import { nodeAt, placeOf } from "../places.ts";
import type { Read } from "../reads.ts";
import type { Point } from "../ui.ts";
import { uiOf } from "../ui.ts";
import { ownerKeyOf } from "../wires.ts";
import type { DocumentDraft } from "./draft.ts";
import { deleteAt, scopeIn, setAt, settled } from "./draft.ts";
import { move } from "./move.ts";
import { rename } from "./rename.ts";
import { rewriteReads } from "./references.ts";
import { settleNames } from "./settle-names.ts";
import { followUi } from "./ui-draft.ts";

/**
 * [B2] Puts the nodes of a block in the place of one use of it; the block stays in the file. Inputs become what is wired to
 * the use; numbers become params of their readers, and nodes that stand as defaults become nodes.
 */
export function ungroup(draft: DocumentDraft, registry: Registry, use: Key): readonly Key[] {
  const document = settled(draft);
  const place = nodeAt(document, use);
  const node = place?.node;
  if (place === null || node === undefined || !isBlockNode(node)) return [];
  const block = own(document.blocks, node.use);
  if (block === undefined) return [];
  const body = scopeKeyOf(use);
  const inner = inlined({ document, block, node, registry }, namesFor(draft, block, body));
  rewriteReads(draft, (read) => outputOf(read, use, inner));
  deleteAt(draft, use);
  const keys = Object.entries(inner.graph).map(([id, added]) => {
    setAt(draft, `${body}/${id}`, added);
    return `${body}/${id}`;
  });
  const ui = uiOf(document);
  const [left, top] = own(ui.nodes, uiNameOf(use)) ?? [0, 0];
  followUi(draft, { from: use, to: null });
  const places = [...inner.names].flatMap(([from, to]) => {
    const point = own(ui.nodes, `blocks/${node.use}/${from}`);
    return point === undefined
      ? []
      : [[`${body}/${to}`, [point[0] + left, point[1] + top] as Point] as const];
  });
  if (own(ui.nodes, uiNameOf(use)) !== undefined) move(draft, new Map(places));
  for (const key of keys) settleNames(draft, key);
  return keys;
}

function namesFor(draft: DocumentDraft, block: Block, body: Key): ReadonlyMap<string, string> {
  const taken = new Set([...takenIds(scopeIn(draft, body)), ...Object.keys(block.graph)]);
  const around = takenIds(scopeIn(draft, body));
  return new Map(
    Object.keys(block.graph).map((id) => {
      const to = around.has(id) ? freeName(id, taken) : id;
      taken.add(to);
      return [id, to];
    }),
  );
}

interface Inlining {
  readonly document: Document;
  readonly block: Block;
  readonly node: BlockNode;
  readonly registry: Registry;
}

interface Inlined {
  readonly graph: Document["graph"];
  readonly outputs: Document["outputs"];
  /** Old ids and new ones. */
  readonly names: ReadonlyMap<string, string>;
}

/** The block's nodes as the use has them: named anew, reading what the use reads. */
function inlined(
  { document, block, node, registry }: Inlining,
  names: ReadonlyMap<string, string>,
): Inlined {
  const alone: Document = {
    denoodle: 1,
    name: "",
    inputs: block.inputs,
    graph: block.graph,
    outputs: block.outputs,
    blocks: document.blocks,
  };
  const done = produce(alone, (copy) => {
    for (const [from, to] of names) rename(copy, `graph/${from}`, to);
    const valueOf = (name: string, slot: Slot): Given => {
      const ref = own(node.in, name);
      if (ref !== undefined) return { ref };
      const value = own<unknown>(node.params, name) ?? slot.default;
      if (typeof value === "object" && value !== null && "type" in value) {
        const id = freeName(name, new Set(Object.keys(copy.graph)));
        setAt(copy, `graph/${id}`, value);
        const ports = plainPorts(registry, value as { type: string; v: number });
        const [port] = hasPorts(ports) ? Object.keys(ports.outputs) : [];
        return port === undefined ? {} : { ref: `${id}.${port}` };
      }
      return value === undefined ? {} : { value };
    };
    const given = new Map(
      Object.entries(block.inputs).map(([name, slot]) => [name, valueOf(name, slot)]),
    );
    rewriteReads(copy, (read) => inputOf({ copy, registry, given }, read));
  });
  return { graph: done.graph, outputs: done.outputs, names };
}

/** What an input of a block holds at one use: a wire, a number or an expression, or nothing. */
interface Given {
  readonly ref?: Ref;
  readonly value?: unknown;
}

interface Inputs {
  readonly copy: DocumentDraft;
  readonly registry: Registry;
  readonly given: ReadonlyMap<string, Given>;
}

function inputOf(inputs: Inputs, read: Read): Ref | null | undefined {
  const source = read.from?.source;
  if (source?.kind !== "input") return undefined;
  const { ref, value } = inputs.given.get(source.name) ?? {};
  const tail = fieldOf(read);
  if (read.inExpression) return ref?.startsWith("@") ? `${ref}${tail}` : textOf(value);
  if (ref !== undefined) return `${ref}${tail}`;
  if (tail === "" && value !== undefined) setNumber(inputs, read.key, value);
  return null;
}

const fieldOf = ({ from }: Read): string => (from?.field === undefined ? "" : `.${from.field}`);

/** Gives a number to the scalar param that read it by a wire. */
function setNumber({ copy, registry }: Inputs, wire: Key, value: unknown): void {
  const place = placeOf(settled(copy), wire);
  const [part, name] = place?.rest ?? [];
  if (place === null || part !== "in" || name === undefined) return;
  const { node } = place;
  const definition = "v" in node ? registry.find(node.type, node.v) : undefined;
  const takes =
    isRepeat(node) || isBlockNode(node) || Object.hasOwn(definition?.scalars.shape ?? {}, name);
  if (takes) setAt(copy, `${place.key}/params/${name}`, value);
}

const textOf = (value: unknown): string | null => {
  if (typeof value === "number") return value < 0 ? `(${value})` : String(value);
  return typeof value === "string" && value.startsWith("=") ? `(${value.slice(1)})` : null;
};

/** Who read an output of the use reads what the block gives there. */
function outputOf({ from, ref }: Read, use: Key, { outputs }: Inlined): Ref | null | undefined {
  const source = from?.source;
  if (source?.kind !== "port" || ownerKeyOf(source) !== use) return undefined;
  const inner = own(outputs, source.port);
  if (inner === undefined || inner === "") return null;
  const rest = ref.slice(idOf(use).length + 1 + source.port.length);
  return pathOf(inner.replaceAll(".", "/")).length > 2 && rest !== "" ? null : `${inner}${rest}`;
}
