import type { Size } from "./fit-photo.ts";

/** The size that the header of a PNG, JPEG or WebP file states; null where it states none. */
export function pictureSize(bytes: Uint8Array): Size | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = (at: number): string => String.fromCodePoint(...bytes.subarray(at, at + 4));
  try {
    if (text(12) === "IHDR") return { width: view.getUint32(16), height: view.getUint32(20) };
    if (view.getUint16(0) === 0xff_d8) return jpegSize(view);
    return text(8) === "WEBP" ? webpSize(view, text(12)) : null;
  } catch (fault) {
    // the file ends in the middle of its header
    if (fault instanceof RangeError) return null;
    throw fault;
  }
}

/** Markers that begin a frame; those of the tables between them do not. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

function jpegSize(view: DataView): Size | null {
  for (let at = 2; view.getUint8(at) === 0xff;) {
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) at += 1;
    else if (isFrame(marker))
      return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    else at += 2 + view.getUint16(at + 2);
  }
  return null;
}

/** Of the three forms of the format: lossy, lossless, extended. */
function webpSize(view: DataView, form: string): Size | null {
  if (form === "VP8 ")
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  if (form === "VP8L") {
    const packed = view.getUint32(21, true);
    return { width: (packed & 0x3fff) + 1, height: ((packed >>> 14) & 0x3fff) + 1 };
  }
  if (form !== "VP8X") return null;
  const uint24 = (at: number): number => view.getUint16(at, true) + view.getUint8(at + 2) * 2 ** 16;
  return { width: uint24(24) + 1, height: uint24(27) + 1 };
}
