import { createStore } from "zustand/vanilla";
import type { Registry } from "../../runtime/graph/define-node.ts";
import type { Document } from "../../runtime/graph/document.ts";
import { analyse, type Analysis, followed } from "../document/analysis.ts";
import type { RunStore } from "../run/run-store.ts";
import { createEditorStore, type EditorStore } from "../state/editor-store.ts";
import { createViewStore } from "../state/view-store.ts";
import type { Studio } from "./studio.ts";

export interface StudioParts {
  readonly registry: Registry;
  readonly document: Document;
  readonly name: string;
  readonly createRun: (editor: EditorStore) => RunStore;
}

/** A studio with a document open; the analysis follows every edit at once. */
export function createStudio({ registry, document, name, createRun }: StudioParts): Studio {
  const editor = createEditorStore(document, name);
  const view = createViewStore();
  const analysis = createStore<Analysis>(() => analyse(document, registry));
  editor.subscribe(({ history: { present } }, before) => {
    if (present !== before.history.present)
      analysis.setState(followed(analysis.getState(), present, registry), true);
  });
  return {
    registry,
    editor,
    analysis,
    view,
    run: createRun(editor),
    announce: (message) => view.setState({ said: { message } }),
  };
}
