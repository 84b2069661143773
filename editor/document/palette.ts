import type { Registry } from "../../runtime/graph/define-node.ts";
import type { Document } from "../../runtime/graph/document.ts";
import { zoneTypes } from "../../runtime/graph/document.ts";
import type { PortType } from "../../runtime/graph/ports.ts";
import { whyNotAssignable } from "../../runtime/graph/ports.ts";
import { zonePages } from "../../runtime/graph/zone-pages.ts";
import { slotTypes } from "../../runtime/graph/node-ports.ts";
import type { NodeKind } from "./edits/add-node.ts";
import { familyOf, symbolOf } from "./view/symbols.ts";

/** Something that can be added; `Kind` is what it becomes. */
export interface PaletteEntry<Kind = NodeKind> {
  /** A node's or zone's type, or `block:NAME` of a block of the file. */
  readonly id: string;
  readonly node: Kind;
  readonly title: string;
  readonly family: string;
  readonly symbol: string;
  readonly summary: string;
  readonly source: string;
  readonly inputs: Readonly<Record<string, PortType>>;
  readonly outputs: Readonly<Record<string, PortType>>;
}

/** A wire's loose end: what is added is to take it, or to give what it wants. */
export interface LooseEnd {
  readonly type: PortType;
  /** `source`: the wire comes from there and looks for an input. */
  readonly end: "source" | "target";
  /** Of the port at that end. */
  readonly name: string;
}

/** An entry that was found, and which of its ports the wire would take. */
export interface Suggestion<Entry> {
  readonly entry: Entry;
  readonly port: string | null;
}

/** All that can be added to a document. */
export function paletteOf(document: Document, registry: Registry): readonly PaletteEntry[] {
  const nodes = registry.types.flatMap((type): readonly PaletteEntry[] => {
    const definition = registry.versions(type)[0];
    if (definition === undefined) return [];
    const { title, summary, source, inputs, outputs } = definition;
    const scalars = Object.keys(definition.scalars.shape).map(
      (name) => [name, slotTypes.scalar] as const,
    );
    return [
      {
        id: type,
        node: { kind: "node", type },
        title,
        family: familyOf(type),
        symbol: symbolOf(type),
        summary,
        source,
        inputs: { ...inputs, ...Object.fromEntries(scalars) },
        outputs,
      },
    ];
  });
  const zones = zoneTypes.map((type) => {
    const { title, summary } = zonePages[type];
    return {
      id: type,
      node: { kind: "zone" as const, type },
      title,
      family: "zone",
      symbol: symbolOf(type),
      summary,
      source: "",
      inputs: {},
      outputs: {},
    };
  });
  const blocks = Object.entries(document.blocks).map(([name, block]) => ({
    id: `block:${name}`,
    node: { kind: "block" as const, use: name },
    title: block.name ?? name,
    family: "block",
    symbol: symbolOf("block"),
    summary: block.about?.summary ?? "",
    source: block.about?.paper ?? "",
    inputs: Object.fromEntries(
      Object.entries(block.inputs).map(([id, { kind }]) => [id, slotTypes[kind]]),
    ),
    outputs: {},
  }));
  return [...nodes, ...zones, ...blocks];
}

/** Entries that a search finds and that a loose end fits, best first. */
export function suggest<Entry extends PaletteEntry<unknown>>(
  entries: readonly Entry[],
  search: string,
  loose: LooseEnd | null,
): readonly Suggestion<Entry>[] {
  return entries
    .flatMap((entry) => {
      const port = loose === null ? null : portFor(entry, loose);
      const score = scoreOf(entry, search);
      if (score === null || (loose !== null && port === null)) return [];
      return [{ suggestion: { entry, port: port?.name ?? null }, score: score + (port?.fit ?? 0) }];
    })
    .toSorted(
      (a, b) => b.score - a.score || (a.suggestion.entry.title < b.suggestion.entry.title ? -1 : 1),
    )
    .map(({ suggestion }) => suggestion);
}

/** The port that fits a wire best: of the same name before others, of the same space before any tensor, then in their order. */
function portFor({ inputs, outputs }: PaletteEntry<unknown>, { type, end, name: wire }: LooseEnd) {
  const ports = Object.entries(end === "source" ? inputs : outputs);
  const fitting = ports.flatMap(([name, port], i) => {
    const why = end === "source" ? whyNotAssignable(type, port) : whyNotAssignable(port, type);
    const fit = closeness(type, port) - i / 100;
    return why === null ? [{ name, fit, likely: fit + (name === wire ? 10 : 0) }] : [];
  });
  return fitting.toSorted((a, b) => b.likely - a.likely)[0] ?? null;
}

function closeness(a: PortType, b: PortType): number {
  if (a.kind !== b.kind) return 0;
  if (a.kind !== "tensor" || b.kind !== "tensor") return 2;
  return (a.space === b.space ? 1 : 0) + (a.estimates === b.estimates ? 1 : 0);
}

/** How well every word of a search is found: in the title before the symbol, the type, and the texts; null where one is not. */
function scoreOf(entry: PaletteEntry<unknown>, search: string): number | null {
  const fields = [
    [entry.title.toLowerCase(), 10],
    [entry.symbol.toLowerCase(), 9],
    [entry.id.toLowerCase(), 7],
    [entry.source.toLowerCase(), 3],
    [entry.summary.toLowerCase(), 2],
  ] as const;
  let total = 0;
  for (const word of search.toLowerCase().split(/\s+/).filter(Boolean)) {
    const scores = fields.map(([text, weight]) => weight * match(text, word));
    const best = Math.max(...scores);
    if (best === 0) return null;
    total += best;
  }
  return total;
}

/** 1 for the whole text, less for a word's beginning, a part, and letters in order (of short texts only). */
function match(text: string, word: string): number {
  if (text === word) return 1;
  const at = text.indexOf(word);
  if (at === 0 || (at > 0 && /[^\p{L}\p{N}]/u.test(text[at - 1] ?? ""))) return 0.8;
  if (at > 0) return 0.5;
  return text.length <= 40 && word.length > 1 && hasInOrder(text, word) ? 0.2 : 0;
}

function hasInOrder(text: string, word: string): boolean {
  let from = 0;
  for (const letter of word) {
    const at = text.indexOf(letter, from);
    if (at < 0) return false;
    from = at + 1;
  }
  return true;
}
