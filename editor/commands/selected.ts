import type { Studio } from "../app/studio.ts";
import { isZone } from "../../runtime/graph/document.ts";
import type { Message } from "../document/history.ts";
import type { Key } from "../document/keys.ts";
import { idOf, scopeKeyOf } from "../document/keys.ts";
import { interfaceAt, nodeAt } from "../document/places.ts";

/** What kind of thing a key names; a rail counts as a wire. */
export type Kind = "node" | "input" | "output" | "note" | "frame" | "block" | "wire" | "body";

export function kindOf({ editor }: Studio, key: Key): Kind {
  const { present } = editor.getState().history;
  if (key.startsWith("ui/notes/")) return "note";
  if (key.startsWith("ui/frames/")) return "frame";
  const outside = interfaceAt(key);
  if (outside !== null) return outside.group === "inputs" ? "input" : "output";
  if (/^blocks\/[^/]+$/.test(key)) return "block";
  if (nodeAt(present, key) !== null) return "node";
  return /(^|\/)(graph|body)$/.test(key) ? "body" : "wire";
}

/** What is selected of these kinds. */
export const selected = (studio: Studio, ...kinds: readonly Kind[]): readonly Key[] =>
  studio.editor.getState().selection.filter((key) => kinds.includes(kindOf(studio, key)));

/** The body of the first of what is selected of these kinds, else the one that is shown. */
export function bodyOfSelected(studio: Studio, ...kinds: readonly Kind[]): Key {
  const [first] = selected(studio, ...kinds);
  return first === undefined ? studio.editor.getState().scope : scopeKeyOf(first);
}

/** The zones among what is selected. */
export function zonesOf(studio: Studio): readonly Key[] {
  const { present } = studio.editor.getState().history;
  return selected(studio, "node").filter((key) => {
    const node = nodeAt(present, key)?.node;
    return node !== undefined && isZone(node);
  });
}

/** A `when` for commands on zones. */
export const hasZone = (studio: Studio): true | Message =>
  zonesOf(studio).length > 0 ? true : { key: "commands.lack.zone" };

/** The port that is meant beside the selection: that of the outline, while its node or its wire is what is selected. */
export const portMeant = (port: Key | null, selection: readonly Key[]): Key | null =>
  port !== null && selection.length === 1 && `${port}/`.startsWith(`${selection[0] ?? ""}/`)
    ? port
    : null;

/** A `when` for commands that need something of these kinds selected. */
export const needs =
  (...kinds: readonly Kind[]) =>
  (studio: Studio): true | Message =>
    selected(studio, ...kinds).length > 0 ? true : lack(kinds);

/** A `when` for commands on one thing. */
export const needsOne =
  (...kinds: readonly Kind[]) =>
  (studio: Studio): true | Message => {
    const { length } = selected(studio, ...kinds);
    if (length === 1) return true;
    return length === 0 ? lack(kinds) : { key: "commands.lack.one" };
  };

const lack = ([first, ...others]: readonly Kind[]): Message => ({
  key:
    others.length > 0 || first === undefined ? "commands.lack.selection" : `commands.lack.${first}`,
});

/** What an edit of several things is called by. */
export const namesOf = (keys: readonly Key[]): Message["values"] & { readonly names: string } => ({
  names: keys.map(idOf).join(", "),
  count: keys.length,
});
