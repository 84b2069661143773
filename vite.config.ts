import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { policyInPage } from "./editor/vite-policy.ts";

/** What a page needs for WebAssembly threads, which share memory. */
const isolated = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

/** The pages that the browser tests open; `npm test` builds and serves them. */
export default defineConfig({
  root: fileURLToPath(new URL("test/browser/page", import.meta.url)),
  base: "./",
  plugins: [policyInPage()],
  resolve: { conditions: ["onnxruntime-web-use-extern-wasm", "module", "browser"] },
  build: { target: "es2023", emptyOutDir: true, assetsInlineLimit: 0, reportCompressedSize: false },
  preview: { headers: isolated, host: "127.0.0.1", port: 0, open: false },
  logLevel: "error",
});
