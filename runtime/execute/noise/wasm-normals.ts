import type { PhiloxStart } from "../../base/random-key.ts";
import { normalsWasm } from "./normals-wasm.ts";

/** What is used of the WebAssembly that Node and browsers share; no library of theirs is in scope. */
interface WebAssemblyApi {
  readonly validate: (bytes: Uint8Array) => boolean;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: NormalsExports };
}

interface NormalsExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  /** `words`: the two of the key, the first block, the three other words of the counter. */
  readonly fill: (out: number, groups: number, ...words: readonly number[]) => void;
}

/** Fills an array with the normals from a start. */
export type FillFrom = (out: Float32Array, start: PhiloxStart) => void;

/** The bytes of the WASM module. */
export function normalsWasmBytes(): Uint8Array {
  return Uint8Array.from(atob(normalsWasm), (char) => char.charCodeAt(0));
}

/** A filler by WASM SIMD with memory of its own (64 KiB); null where that is not to be had. */
export function createWasmNormals(): FillFrom | null {
  const { WebAssembly } = globalThis as unknown as { readonly WebAssembly?: WebAssemblyApi };
  const bytes = normalsWasmBytes();
  if (WebAssembly === undefined || !WebAssembly.validate(bytes)) return null;
  const { memory, fill } = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports;
  const scratch = new Float32Array(memory.buffer);
  return (out, { key, counter }) => {
    for (let at = 0; at < out.length; at += scratch.length) {
      const count = Math.min(scratch.length, out.length - at);
      fill(0, Math.ceil(count / 16), ...key, at / 4, ...counter);
      out.set(count === scratch.length ? scratch : scratch.subarray(0, count), at);
    }
  };
}
