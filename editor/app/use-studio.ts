import { createContext, useContext } from "react";
import { useStore } from "zustand";
import type { Issue } from "../../runtime/base/issue.ts";
import type { Analysis } from "../document/analysis.ts";
import type { RunState } from "../run/run-store.ts";
import type { EditorState } from "../state/editor-store.ts";
import type { ViewState } from "../state/view-store.ts";
import type { Studio } from "./studio.ts";

export const StudioContext = createContext<Studio | null>(null);

export function useStudio(): Studio {
  const studio = useContext(StudioContext);
  if (studio === null) throw new Error("useStudio: no <StudioContext> around this component");
  return studio;
}

/** A part of the editor's state; renders again when that part changes. */
export const useEditor = <T>(select: (state: EditorState) => T): T =>
  useStore(useStudio().editor, select);

export const useAnalysis = <T>(select: (analysis: Analysis) => T): T =>
  useStore(useStudio().analysis, select);

export const useLacks = (): readonly Issue[] => useStore(useStudio().lacks);

export const useView = <T>(select: (view: ViewState) => T): T => useStore(useStudio().view, select);

export const useRun = <T>(select: (run: RunState) => T): T => useStore(useStudio().run, select);
