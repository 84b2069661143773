import type { Studio } from "../app/studio.ts";
import { isBlockNode } from "../../runtime/graph/document.ts";
import { innerScopes } from "../../runtime/graph/scope.ts";
import type { Message } from "../document/history.ts";
import { keyOf, pathOf } from "../document/keys.ts";
import { nodeAt } from "../document/places.ts";
import { selected } from "./selected.ts";

/** Goes into the selected zone or block; of anything else the inspector takes the keyboard. */
export function openThing(studio: Studio): void {
  const { editor, view } = studio;
  const [key] = selected(studio, "node", "input", "output");
  const place = key === undefined ? null : nodeAt(editor.getState().history.present, key);
  const body = place === null ? undefined : innerScopes(place.scope, place.id, place.node)[0];
  if (body !== undefined) editor.actions.dive(keyOf(body.path));
  else if (place !== null && isBlockNode(place.node))
    editor.actions.dive(keyOf(["blocks", place.node.use, "graph"]));
  else view.setState({ right: "inspector", focus: "inspector" });
}

export const isInside = ({ editor }: Studio): true | Message =>
  editor.getState().scope === "graph" ? { key: "commands.lack.inside" } : true;

/** True inside a zone or block, and while something is selected. */
export const hasLeave = (studio: Studio): true | Message =>
  studio.editor.getState().selection.length > 0 ? true : isInside(studio);

/** Lets go of the selection; with none goes to the body around. */
export function stepBack(studio: Studio): void {
  const { selection } = studio.editor.getState();
  if (selection.length > 0) studio.editor.actions.select([]);
  else stepOut(studio);
}

/** Goes to the body around, where the zone left is selected. */
export function stepOut({ editor }: Studio): void {
  const path = pathOf(editor.getState().scope);
  if (path[0] === "blocks" && path.length === 3) return editor.actions.dive("graph");
  const owner = path.slice(0, ["then", "else"].includes(path.at(-2) ?? "") ? -2 : -1);
  editor.actions.dive(keyOf(owner.slice(0, -1)));
  editor.actions.select([keyOf(owner)]);
}
