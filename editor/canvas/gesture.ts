import { createContext, useContext } from "react";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Verdict } from "../document/connect.ts";
import type { Key } from "../document/keys.ts";

/** What the pointer is doing on the canvas: never part of the document, never seen by other panels. */
export interface Gesture {
  /** The handle that a wire is dragged from; null while none is. */
  readonly from: Key | null;
  /** What each handle at which it may or may not end says, by its key. */
  readonly fits: ReadonlyMap<Key, Verdict>;
  /** The open zone into which what is dragged would fall; null: where it was, or the ground. */
  readonly landing: Key | null;
  /** The port that a wire takes which is dropped on the card under the pointer. */
  readonly aim: Key | null;
  /** Ports are lit at which a wire could end with something between. */
  readonly withAdapters: boolean;
}

export const still: Gesture = {
  from: null,
  fits: new Map(),
  landing: null,
  aim: null,
  withAdapters: false,
};

export type GestureStore = StoreApi<Gesture>;

export const createGestures = (): GestureStore => createStore<Gesture>(() => still);

export const GestureContext = createContext<GestureStore | null>(null);

export function useGestures(): GestureStore {
  const store = useContext(GestureContext);
  if (store === null) throw new Error("useGestures: no <GestureContext> around this component");
  return store;
}
