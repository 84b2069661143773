import { Inflate, Unzlib } from "fflate";

const pushed = 4096;

/** What a compressed text holds; null where it is broken, not UTF-8, or longer than `most` bytes. */
export function inflateText(bytes: Uint8Array, most: number, form: "raw" | "zlib"): string | null {
  const parts: Uint8Array[] = [];
  let size = 0;
  const keep = (part: Uint8Array): void => {
    size += part.length;
    parts.push(part);
  };
  const stream = form === "raw" ? new Inflate(keep) : new Unzlib(keep);
  try {
    for (let at = 0; at < bytes.length || at === 0; at += pushed) {
      stream.push(bytes.subarray(at, at + pushed), at + pushed >= bytes.length);
      if (size > most) return null;
    }
    return new TextDecoder("utf-8", { fatal: true }).decode(joined(parts, size));
  } catch {
    // fflate and the decoder throw on what is not theirs
    return null;
  }
}

function joined(parts: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
