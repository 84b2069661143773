import { createContext, useContext } from "react";
import { useStore } from "zustand";
import type { OwnPriorActions, OwnPriorState, OwnPriorStore } from "./own-prior-store.ts";

export const OwnPriorContext = createContext<OwnPriorStore | null>(null);

export function useOwnPriorStore(): OwnPriorStore {
  const store = useContext(OwnPriorContext);
  if (store === null) throw new Error("useOwnPrior: no <OwnPriorContext> around this component");
  return store;
}

/** A part of the model's way; renders again when that part changes. */
export const useOwnPrior = <T>(select: (state: OwnPriorState) => T): T =>
  useStore(useOwnPriorStore(), select);

export const useOwnPriorActions = (): OwnPriorActions => useOwnPriorStore().actions;
