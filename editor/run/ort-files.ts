import wasmMjs from "onnxruntime-web/ort-wasm-simd-threaded.mjs?url";
import wasm from "onnxruntime-web/ort-wasm-simd-threaded.wasm?url";
import webgpuMjs from "onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url";
import webgpu from "onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url";
import type { OrtAssets } from "../../runtime/execute/ort-web.ts";

const here = (path: string): string => new URL(path, self.location.href).href;

/** Where the page has onnxruntime's WebAssembly: files of their own, fetched by the first run on a backend. */
export const ortFiles: OrtAssets = {
  wasm: { wasm: here(wasm), mjs: here(wasmMjs) },
  webgpu: { wasm: here(webgpu), mjs: here(webgpuMjs) },
};
