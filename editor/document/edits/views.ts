import type { UiView } from "../ui.ts";
import type { DocumentDraft } from "./draft.ts";
import { uiPart } from "./ui-draft.ts";

/** Keeps a part of the canvas under a name; one that was kept under it is replaced. */
export function keepView(draft: DocumentDraft, view: UiView): void {
  const views = uiPart(draft, "views");
  const at = views.findIndex(({ name }) => name === view.name);
  const [x, y] = view.at;
  const [width, height] = view.size;
  const rounded: UiView = {
    ...view,
    at: [Math.round(x), Math.round(y)],
    size: [Math.round(width), Math.round(height)],
  };
  views.splice(at < 0 ? views.length : at, at < 0 ? 0 : 1, rounded);
}

/** Calls a view otherwise; a name that another view has changes nothing. */
export function renameView(draft: DocumentDraft, from: string, to: string): void {
  const views = uiPart(draft, "views");
  const view = views.find(({ name }) => name === from);
  if (view !== undefined && views.every(({ name }) => name !== to)) view.name = to;
}

/** Puts a view that many places on in the list, or back; the graph opens with the first of its own body. */
export function moveView(draft: DocumentDraft, name: string, by: number): void {
  const views = uiPart(draft, "views");
  const from = views.findIndex((view) => view.name === name);
  const to = Math.min(views.length - 1, Math.max(0, from + by));
  if (from >= 0) views.splice(to, 0, ...views.splice(from, 1));
}

export function forgetView(draft: DocumentDraft, name: string): void {
  const views = uiPart(draft, "views");
  const at = views.findIndex((view) => view.name === name);
  if (at >= 0) views.splice(at, 1);
}
