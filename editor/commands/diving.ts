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

/** True inside a zone or block, and while something is selected, which is let go first. */
export const isInside = ({ editor }: Studio): true | Message => {
  const { scope, selection } = editor.getState();
  return scope !== "graph" || selection.length > 0 ? true : { key: "commands.lack.inside" };
};

/** Lets go of the selection; with none goes to the body around, where the zone left is selected. */
export function stepOut({ editor }: Studio): void {
  const { scope, selection } = editor.getState();
  if (selection.length > 0) return editor.actions.select([]);
  const path = pathOf(scope);
  if (path[0] === "blocks" && path.length === 3) return editor.actions.dive("graph");
  const owner = path.slice(0, ["then", "else"].includes(path.at(-2) ?? "") ? -2 : -1);
  editor.actions.dive(keyOf(owner.slice(0, -1)));
  editor.actions.select([keyOf(owner)]);
}
