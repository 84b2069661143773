import { createContext, useContext } from "react";
import { useStore } from "zustand";
import type { Storage } from "./storage.ts";
import type { StorageState } from "./storage-state.ts";

export const StorageContext = createContext<Storage | null>(null);

export function useStorage(): Storage {
  const storage = useContext(StorageContext);
  if (storage === null) throw new Error("useStorage: no <StorageContext> around this component");
  return storage;
}

/** A part of what is known of the file; renders again when that part changes. */
export const useStored = <T>(select: (state: StorageState) => T): T =>
  useStore(useStorage().state, select);
