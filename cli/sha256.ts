import { createHash } from "node:crypto";

const mostAtOnce = 2 ** 30;

/** The SHA-256 of bytes or of a text in UTF-8, in lower-case hex. */
export function sha256Hex(content: Uint8Array | string): string {
  const hash = createHash("sha256");
  if (typeof content === "string") return hash.update(content).digest("hex");
  // One update takes less than 2 GiB.
  for (let at = 0; at < content.length; at += mostAtOnce)
    hash.update(content.subarray(at, at + mostAtOnce));
  return hash.digest("hex");
}
