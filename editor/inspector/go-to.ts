import type { Studio } from "../app/studio.ts";
import type { Document } from "../../runtime/graph/document.ts";
import type { Key } from "../document/keys.ts";
import { pathOf, scopeAt, scopeKeyOf, uiNameOf } from "../document/keys.ts";
import { uiOf } from "../document/ui.ts";
import { thingAround } from "./thing.ts";

/** Selects what a key names, or what holds it, dives into its body where the canvas does not show that, and flies there. */
export function goTo({ editor, view }: Pick<Studio, "editor" | "view">, key: Key): void {
  const { history, scope } = editor.getState();
  const thing = thingAround(history.present, key);
  if (thing === null) return;
  const body = scopeKeyOf(thing.kind === "wire" ? thing.read.target : thing.key);
  if (!isShown(history.present, scope, body)) editor.actions.dive(body);
  editor.actions.select([thing.key]);
  view.setState({ flight: { key: thing.key } });
}

/** Whether a canvas that shows one body shows another: it lies inside it, and no zone between them is closed. */
function isShown(document: Document, shown: Key, body: Key): boolean {
  if (body !== shown && !body.startsWith(`${shown}/`)) return false;
  if (scopeAt(document, body) === null) return true;
  const { collapsed } = uiOf(document);
  const path = pathOf(body);
  const around = path.map((_, i) => path.slice(0, i + 1).join("/"));
  return !around.some((key) => key.length > shown.length && collapsed.includes(uiNameOf(key)));
}
