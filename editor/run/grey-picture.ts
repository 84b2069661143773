/** Whether a PNG or JPEG file has one channel of colour; WebP always has three. */
export function isGreyPicture(bytes: Uint8Array): boolean {
  const isPng = startsWith(bytes, [0x89, 0x50, 0x4e, 0x47]);
  if (isPng) return greyPngTypes.has(bytes[25] ?? -1);
  return startsWith(bytes, [0xff, 0xd8]) && jpegChannels(bytes) === 1;
}

/** Colour types of the header: grey, and grey with transparency. */
const greyPngTypes: ReadonlySet<number> = new Set([0, 4]);

const startsWith = (bytes: Uint8Array, head: readonly number[]): boolean =>
  head.every((byte, i) => bytes[i] === byte);

/** Markers that begin a frame; those of the tables between them do not. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/** The number of components that the first frame header states; null where there is none. */
function jpegChannels(bytes: Uint8Array): number | null {
  for (let at = 2; at + 9 < bytes.length && bytes[at] === 0xff;) {
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) at += 1;
    else if (isFrame(marker)) return bytes[at + 9] ?? null;
    else at += 2 + (bytes[at + 2] ?? 0) * 256 + (bytes[at + 3] ?? 0);
  }
  return null;
}
