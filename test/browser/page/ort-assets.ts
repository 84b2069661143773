import mjs from "onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url";
import wasm from "onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url";

/** Where the built page has onnxruntime's WebAssembly. */
export const assets = {
  wasm: new URL(wasm, self.location.href).href,
  mjs: new URL(mjs, self.location.href).href,
};
