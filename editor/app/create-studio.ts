import { createStore } from "zustand/vanilla";
import type { Issue } from "../../runtime/base/issue.ts";
import type { Registry } from "../../runtime/graph/define-node.ts";
import type { Document } from "../../runtime/graph/document.ts";
import { analyse, type Analysis, followed } from "../document/analysis.ts";
import { makeRoom } from "../document/edits/make-room.ts";
import type { RunStore } from "../run/run-store.ts";
import { createEditorStore, type EditorStore } from "../state/editor-store.ts";
import { createViewStore } from "../state/view-store.ts";
import type { Studio } from "./studio.ts";

export interface StudioParts {
  readonly registry: Registry;
  readonly document: Document;
  readonly name: string;
  /** Of the window, in px. */
  readonly width?: number;
  /** `isSound` tells whether nothing is known that keeps the open graph from running. */
  readonly createRun: (editor: EditorStore, isSound: () => boolean) => RunStore;
}

/** A studio with a document open; the analysis follows every edit at once. */
export function createStudio({ registry, document, name, width, createRun }: StudioParts): Studio {
  const analysis = createStore<Analysis>(() => analyse(document, registry));
  // What the last edit was found to be, so that it is not found again once its neighbours have made room.
  let edited = analysis.getState();
  const view = createViewStore(width);
  const announce: Studio["announce"] = (message) => view.setState({ said: { message } });
  const editor: EditorStore = createEditorStore(document, name, {
    aftermath: (draft, _, next) => {
      const before = analysis.getState();
      edited = followed(before, next, registry);
      const { found } = editor.getState();
      makeRoom(draft, { before, after: edited, registry, found });
    },
    refused: () => announce({ key: "app.readOnly" }),
  });
  editor.subscribe(({ history: { present } }, before) => {
    if (present !== before.history.present)
      analysis.setState(followed(nearer(present), present, registry), true);
  });
  const nearer = (present: Document): Analysis =>
    edited.document.graph === present.graph ? edited : analysis.getState();
  return {
    registry,
    editor,
    analysis,
    lacks: createStore<readonly Issue[]>(() => []),
    view,
    run: createRun(editor, () => analysis.getState().issues.length === 0),
    announce,
  };
}
