import type { Key } from "../document/keys.ts";
import type { Point } from "../document/ui.ts";

/** Where something is to be added, and the wire that is to lead to it. */
export interface PaletteRequest {
  readonly screen: { readonly x: number; readonly y: number };
  /** The body under it, and the place from that body's origin. */
  readonly body: Key;
  readonly at: Point;
  /** The same place from the origin of the body that is shown. */
  readonly ground: Point;
  /** The handle that a wire was dragged from. */
  readonly from: Key | null;
}
