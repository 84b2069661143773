import type { Key } from "../keys.ts";
import { uiNameOf } from "../keys.ts";
import type { Point } from "../ui.ts";
import { uiOf } from "../ui.ts";
import type { DocumentDraft } from "./draft.ts";
import { settled } from "./draft.ts";
import { removeFrom, uiPart } from "./ui-draft.ts";

/** Draws a zone as one node, or open again. */
export const setCollapsed = (draft: DocumentDraft, zone: Key, collapsed: boolean): void =>
  setListed(draft, "collapsed", uiNameOf(zone), collapsed);

/** Draws a wire, by the key of the place it ends in, as two named ends, or as a line again. */
export const setPortal = (draft: DocumentDraft, wire: Key, portal: boolean): void =>
  setListed(draft, "portals", wire, portal);

/** Calls a node so where it is drawn; an empty text takes its label away. */
export function setLabel(draft: DocumentDraft, node: Key, text: string): void {
  const name = uiNameOf(node);
  const label = text.trim();
  if ((uiOf(settled(draft)).labels[name] ?? "") === label) return;
  const labels = uiPart(draft, "labels");
  if (label === "") delete labels[name];
  else labels[name] = label;
}

function setListed(
  draft: DocumentDraft,
  part: "collapsed" | "portals",
  entry: string,
  listed: boolean,
): void {
  if (uiOf(settled(draft))[part].includes(entry) === listed) return;
  const list = uiPart(draft, part);
  if (listed) list.push(entry);
  else removeFrom(list, entry);
}

/** Gives a wire its bends, from its source to its end; none draws it straight. */
export function setBends(draft: DocumentDraft, wire: Key, bends: readonly Point[]): void {
  if (bends.length > 0)
    uiPart(draft, "reroutes")[wire] = bends.map(([x, y]) => [Math.round(x), Math.round(y)]);
  else if (uiOf(settled(draft)).reroutes[wire] !== undefined)
    delete uiPart(draft, "reroutes")[wire];
}
