import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { printProgram } from "../ir/print.ts";
import type { Program } from "../ir/program.ts";
import { formatShape, type TensorData } from "../tensor/tensor.ts";

/** What a constant's array holds: a name that stands for the contents, or their hash. */
const contents = new WeakMap<TensorData["data"], string>();

/** Names an imported program's constants by where they come from, so that nothing has to hash them. */
export function nameConstants({ constants }: Program, source: string): void {
  [...constants.values()].forEach(({ data }, i) => {
    if (!contents.has(data)) contents.set(data, `${source} #${i}`);
  });
}

/** Equal for programs that compute the same: their text, and what their constants hold. */
export function contentKey(program: Program): string {
  const constants = [...program.constants.values()].map(
    (tensor) => `${tensor.dtype}${formatShape(tensor.shape)} ${contentsOf(tensor)}`,
  );
  return bytesToHex(sha256(utf8ToBytes([printProgram(program), ...constants].join("\n"))));
}

/** Arrays are hashed once however many programs hold them. */
function contentsOf({ data }: TensorData): string {
  const known = contents.get(data);
  if (known !== undefined) return known;
  const hash = bytesToHex(sha256(new Uint8Array(data.buffer, data.byteOffset, data.byteLength)));
  contents.set(data, hash);
  return hash;
}
