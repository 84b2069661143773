import type { StoreApi } from "zustand/vanilla";
import type { Issue } from "../../runtime/base/issue.ts";
import type { Registry } from "../../runtime/graph/define-node.ts";
import type { Analysis } from "../document/analysis.ts";
import type { Message } from "../document/history.ts";
import type { RunStore } from "../run/run-store.ts";
import type { EditorStore } from "../state/editor-store.ts";
import type { ViewStore } from "../state/view-store.ts";

/** All that components and commands work with; one a page. */
export interface Studio {
  readonly registry: Registry;
  readonly editor: EditorStore;
  /** Follows the document: types, and what is wrong. */
  readonly analysis: StoreApi<Analysis>;
  /** Files that the document names and nobody has, where a run would find none. */
  readonly lacks: StoreApi<readonly Issue[]>;
  /** Panels, dialogs and what is announced. */
  readonly view: ViewStore;
  readonly run: RunStore;
  /** Shows a short message and reads it to those who do not see it. */
  announce(message: Message): void;
}
