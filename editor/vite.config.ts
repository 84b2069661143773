import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { libraryFiles } from "./vite-library.ts";
import { nodesOfPage } from "./vite-page-nodes.ts";
import { listOfPageFiles } from "./vite-page-files.ts";
import { policyInPage } from "./vite-policy.ts";

/** What a page needs for WebAssembly threads, which share memory. */
const isolated = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

/** The editor as a static site. */
export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  base: "./",
  plugins: [react(), libraryFiles(), nodesOfPage(), policyInPage(), listOfPageFiles()],
  resolve: { conditions: ["onnxruntime-web-use-extern-wasm", "module", "browser"] },
  worker: { format: "es" },
  server: { headers: isolated, host: "127.0.0.1" },
  preview: { headers: isolated, host: "127.0.0.1", port: 0, open: false },
  build: {
    target: "es2023",
    outDir: "dist",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    // Modules run in the order of their imports, whichever chunk they are in: `app/no-eval.ts` before any schema.
    rolldownOptions: {
      output: {
        strictExecutionOrder: true,
        // What the page begins with is one file, not a hundred.
        codeSplitting: { groups: [{ name: "page", tags: ["$initial"] }] },
      },
    },
  },
});
