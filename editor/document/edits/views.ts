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

export function forgetView(draft: DocumentDraft, name: string): void {
  const views = uiPart(draft, "views");
  const at = views.findIndex((view) => view.name === name);
  if (at >= 0) views.splice(at, 1);
}
