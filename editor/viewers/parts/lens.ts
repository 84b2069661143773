import { createContext, useContext } from "react";
import { useStore } from "zustand";
import { createStore, type StoreApi } from "zustand/vanilla";

/** Where all open pictures look: they share it, so that the same place is seen in each. */
export interface Lens {
  /** 1: the whole picture fits. */
  readonly zoom: number;
  /** The place in the middle, as parts of the picture's width and height. */
  readonly centre: readonly [number, number];
  /** The place that is pointed at, likewise. */
  readonly hover: readonly [number, number] | null;
}

export type LensStore = StoreApi<Lens>;

export const wholePicture = { zoom: 1, centre: [0.5, 0.5] } as const;

export const createLens = (): LensStore =>
  createStore<Lens>(() => ({ ...wholePicture, hover: null }));

const LensContext = createContext<LensStore>(createLens());

export const useLensStore = (): LensStore => useContext(LensContext);
export const useLens = (): Lens => useStore(useLensStore());

const deepest = 64;
const between = (low: number, value: number, high: number): number =>
  Math.min(high, Math.max(low, value));

/** Zooms by a factor so that the place `at` stays where it is on the screen. */
export function zoomed(lens: Lens, factor: number, at: readonly [number, number]): Partial<Lens> {
  const zoom = between(1, lens.zoom * factor, deepest);
  const kept = lens.zoom / zoom;
  return {
    zoom,
    centre: [
      inside(at[0] + (lens.centre[0] - at[0]) * kept, zoom),
      inside(at[1] + (lens.centre[1] - at[1]) * kept, zoom),
    ],
  };
}

export const panned = (lens: Lens, dx: number, dy: number): Partial<Lens> => ({
  centre: [inside(lens.centre[0] + dx, lens.zoom), inside(lens.centre[1] + dy, lens.zoom)],
});

/** No more than the picture is looked at. */
const inside = (centre: number, zoom: number): number =>
  between(0.5 / zoom, centre, 1 - 0.5 / zoom);

/** Where a picture lies on its surface: one of its pixels is `scale` CSS pixels wide. */
export interface Placement {
  readonly left: number;
  readonly top: number;
  readonly scale: number;
}

/** Fits the picture into the room, as large as whole pixels of the screen allow where it is enlarged. */
export function placementOf(
  { zoom, centre }: Pick<Lens, "zoom" | "centre">,
  picture: { readonly width: number; readonly height: number },
  room: { readonly width: number; readonly height: number; readonly ratio: number },
): Placement {
  const fit = Math.min(room.width / picture.width, room.height / picture.height);
  const fine = fit * zoom * room.ratio;
  const scale = (fine >= 2 ? Math.floor(fine) : fine) / room.ratio;
  return {
    left: room.width / 2 - centre[0] * picture.width * scale,
    top: room.height / 2 - centre[1] * picture.height * scale,
    scale,
  };
}
