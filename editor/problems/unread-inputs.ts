import type { Issue } from "../../runtime/base/issue.ts";
import type { Document, Slot } from "../../runtime/graph/document.ts";
import { keyOf } from "../document/keys.ts";
import { readersOf } from "../document/reads.ts";

/** Inputs of the graph and of its blocks that nothing reads: what is given there changes nothing that is made. */
export function unreadInputs(document: Document): readonly Issue[] {
  const readers = readersOf(document);
  const unread = (path: readonly string[], slots: Readonly<Record<string, Slot>>): Issue[] =>
    Object.keys(slots)
      .filter((name) => !readers.has(keyOf([...path, name, "out"])))
      .map((name) => ({
        code: "slot.unread",
        message: `Nothing reads the input "${name}", so that it changes nothing.`,
        at: { path: [...path, name] },
        fix: `Wire "@${name}" to where it is needed, or remove it.`,
      }));
  return [
    ...unread(["inputs"], document.inputs),
    ...Object.entries(document.blocks).flatMap(([name, { inputs }]) =>
      unread(["blocks", name, "inputs"], inputs),
    ),
  ];
}
