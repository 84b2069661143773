import { createContext, useContext } from "react";
import { useStore } from "zustand";
import type { OwnFiles, OwnFilesState } from "./own-files.ts";

export const OwnFilesContext = createContext<OwnFiles | null>(null);

export function useOwnFiles(): OwnFiles {
  const files = useContext(OwnFilesContext);
  if (files === null) throw new Error("useOwnFiles: no <OwnFilesContext> around this component");
  return files;
}

/** A part of what is known of them; renders again when that part changes. */
export const useOwnFilesState = <T>(select: (state: OwnFilesState) => T): T =>
  useStore(useOwnFiles().state, select);
