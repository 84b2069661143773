import { writeNpy } from "../../../runtime/tensor/npy.ts";
import type { TensorData } from "../../../runtime/tensor/tensor.ts";

/** `anneal/denoise.x0` as a file name. */
const fileName = (wire: string): string => wire.replaceAll(/[^\p{L}\p{N}._-]+/gu, "-");

/** Saves the values as they are, for NumPy. */
export function saveNpy(wire: string, frame: TensorData): void {
  save(
    new Blob([new Uint8Array(writeNpy(frame))], { type: "application/octet-stream" }),
    `${fileName(wire)}.npy`,
  );
}

/** Saves what the viewer inside an element shows, all its canvases beside one another. */
export async function savePng(wire: string, viewer: HTMLElement): Promise<void> {
  const canvases = [...viewer.querySelectorAll("canvas")].filter(({ width }) => width > 0);
  const width = canvases.reduce((sum, canvas) => sum + canvas.width, 0);
  const height = Math.max(0, ...canvases.map((canvas) => canvas.height));
  if (width === 0 || height === 0) return;
  const all = new OffscreenCanvas(width, height);
  const context = all.getContext("2d");
  let left = 0;
  for (const canvas of canvases) {
    context?.drawImage(canvas, left, 0);
    left += canvas.width;
  }
  save(await all.convertToBlob({ type: "image/png" }), `${fileName(wire)}.png`);
}

function save(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
