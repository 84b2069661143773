import type { Storage } from "../commands/stored.ts";
import { keyOf, scopeAt } from "../document/keys.ts";
import type { EditorStore } from "../state/editor-store.ts";

const memoryKey = "denoodle/scope";

/** Remembers which body the canvas shows, in what lives as long as the tab; returns how to stop. */
export const keepScope = (editor: EditorStore, memory: Storage): (() => void) =>
  editor.subscribe(({ scope }, before) => {
    if (scope !== before.scope) memory.setItem(memoryKey, scope);
  });

/** Shows the body again that was shown before a reload, where the document still has it. */
export function comeBack({ getState, actions }: EditorStore, memory: Storage): void {
  const scope = memory.getItem(memoryKey);
  const body = scope === null ? null : scopeAt(getState().history.present, scope);
  if (scope !== null && body !== null && keyOf(body.path) === scope) actions.dive(scope);
}
