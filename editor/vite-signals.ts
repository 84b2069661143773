import type { SignalShape } from "./gallery/prior-fit.ts";

const png = {
  signature: 0x89504e47,
  channels: new Map([
    [0, 1],
    [2, 3],
    [3, 3],
    [4, 1],
    [6, 3],
  ]),
};
const wave = { riff: 0x52494646, data: 0x64617461 };

/** Channels and size of a picture (PNG) or a sound (WAV) as a graph reads it; null of any other file. */
export function shapeOfAsset(bytes: Uint8Array): SignalShape | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.byteLength < 44) return null;
  const magic = view.getUint32(0);
  if (magic === png.signature) {
    const channels = png.channels.get(view.getUint8(25)) ?? 3;
    return { channels, size: [view.getUint32(20), view.getUint32(16)] };
  }
  return magic === wave.riff ? shapeOfWave(view) : null;
}

function shapeOfWave(view: DataView): SignalShape | null {
  const [channels, frame] = [view.getUint16(22, true), view.getUint16(32, true)];
  for (let at = 12; at + 8 <= view.byteLength;) {
    const length = view.getUint32(at + 4, true);
    if (view.getUint32(at) === wave.data) return { channels, size: [Math.floor(length / frame)] };
    at += 8 + length + (length % 2);
  }
  return null;
}
