import type { Message } from "../document/history.ts";
import { pictureSize } from "./picture-size.ts";

/** A photo that was opened: upright, decoded. */
export interface Photo {
  /** Of the file. */
  readonly name: string;
  readonly bitmap: ImageBitmap;
}

export type OpenedPhoto = Photo | { readonly refused: Message };

const mostBytes = 64 * 2 ** 20;
/** More pixels than any browser decodes for sure. */
const mostPixels = 100e6;

const refuse = (key: string, values: Message["values"] = {}): OpenedPhoto => ({
  refused: { key: `restore.refused.${key}`, values },
});

/** Decodes a PNG, JPEG or WebP file, turned as its EXIF data says; or says why that cannot be. */
export async function openPhoto(file: File): Promise<OpenedPhoto> {
  const { name, size } = file;
  if (size > mostBytes)
    return refuse("bytes", { name, size: megabytes(size), most: megabytes(mostBytes) });
  const stated = pictureSize(new Uint8Array(await file.arrayBuffer()));
  if (stated === null) return refuse("kind", { name });
  const pixels = stated.width * stated.height;
  if (pixels > mostPixels) return refuse("pixels", { name, ...stated, most: mostPixels / 1e6 });
  try {
    return { name, bitmap: await createImageBitmap(file, { imageOrientation: "from-image" }) };
  } catch {
    // whatever a decoder finds wrong with a picture, it says no more than that
    return refuse("damaged", { name });
  }
}

const megabytes = (bytes: number): number => Math.ceil(bytes / 2 ** 20);
