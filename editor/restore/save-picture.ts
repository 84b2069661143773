import type { RunStore } from "../run/run-store.ts";
import { restoredWire } from "./compared.ts";
import { restoredPicture, rgbaOf } from "./restored-picture.ts";

/** The picture that the shown run restored, as a PNG of its own size; null where no run has restored one. */
export async function restoredPng(run: RunStore): Promise<Blob | null> {
  const frame = await run.actions.frame(restoredWire, null);
  const picture = frame && restoredPicture(frame);
  if (picture === null) return null;
  const { width, height } = picture;
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext("2d")?.putImageData(new ImageData(rgbaOf(picture), width, height), 0, 0);
  return canvas.convertToBlob({ type: "image/png" });
}
