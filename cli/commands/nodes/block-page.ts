import type { Block, Body, Slot } from "../../../runtime/graph/document.ts";
import type { Colours } from "../../terminal.ts";
import { columns, jsonLines, section, type Entry } from "./page.ts";

/** The file that holds a block: one of Denoodle's own for others to copy, or a graph that uses it. */
interface Origin {
  readonly file: string;
  readonly isShipped: boolean;
}

export function blockEntry(use: string, block: Block, from: Origin): Entry {
  return {
    type: `block/${use}`,
    title: block.name ?? use,
    page: (colours) => page(use, block, { from, colours }),
  };
}

function page(
  use: string,
  block: Block,
  { from, colours }: { readonly from: Origin; readonly colours: Colours },
): readonly string[] {
  const { bold, dim } = colours;
  const { about, inputs, outputs, graph } = block;
  const needed = Object.entries(inputs).filter(([, slot]) => isNeeded(slot));
  const example = {
    type: "block",
    use,
    in: Object.fromEntries(needed.map(([name]) => [name, "node.port"])),
  };
  return [
    `${bold(block.name ?? use)}  block/${use} ${dim(from.isShipped ? "a shipped block" : `a block of ${from.file}`)}`,
    "",
    about?.summary ?? "A group of nodes.",
    ...(about?.paper === undefined ? [] : ["", `${dim("source")}  ${about.paper}`]),
    ...section("inputs", columns(mapped(inputs, slotText)), colours),
    ...section("outputs", columns(mapped(outputs, (ref) => ref)), colours),
    ...section("made of", columns(mapped(graph, ({ type }: Body[string]) => type)), colours),
    ...(from.isShipped
      ? ["", `A graph holds the blocks that it uses, under "blocks": copy ${from.file} there.`]
      : []),
    ...section("a node that uses it", jsonLines(example), colours),
  ];
}

const isNeeded = (slot: Slot) => slot.default === undefined && slot.optional !== true;

function slotText({ kind, default: given, optional, description }: Slot): string {
  const fallback = typeof given === "number" ? `, default ${given}` : "";
  const other = typeof given === "object" ? ", has a default" : "";
  const about = description === undefined ? "" : `: ${description}`;
  return `${kind}${optional === true ? ", optional" : ""}${fallback}${other}${about}`;
}

function mapped<T>(
  record: Readonly<Record<string, T>>,
  text: (value: T) => string,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, text(value)]));
}
