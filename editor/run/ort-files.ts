import mjs from "onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url";
import wasm from "onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url";
import type { OrtAssets } from "../../runtime/execute/ort-web.ts";

/** Where the page has onnxruntime's WebAssembly: files of their own, fetched by the first run. */
export const ortFiles: OrtAssets = {
  wasm: new URL(wasm, self.location.href).href,
  mjs: new URL(mjs, self.location.href).href,
};
