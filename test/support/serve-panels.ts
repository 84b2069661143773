import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { build, type InlineConfig, preview } from "vite";
import { policyInPage } from "../../editor/vite-policy.ts";
import type { ServedPages } from "./serve-pages.ts";

/** Builds and serves the page of the editor's panels, from a new temporary folder. */
export async function servePanels(): Promise<ServedPages> {
  const outDir = await mkdtemp(join(tmpdir(), "denoodle-panels-"));
  const config: InlineConfig = {
    configFile: false,
    root: fileURLToPath(new URL("../browser/page/panels", import.meta.url)),
    base: "./",
    plugins: [react(), policyInPage()],
    resolve: { conditions: ["onnxruntime-web-use-extern-wasm", "module", "browser"] },
    build: {
      target: "es2023",
      outDir,
      emptyOutDir: true,
      assetsInlineLimit: 0,
      reportCompressedSize: false,
    },
    preview: { host: "127.0.0.1", port: 0, open: false },
    logLevel: "error",
  };
  await build(config);
  const server = await preview(config);
  const url = server.resolvedUrls?.local[0];
  if (url === undefined) throw new Error("vite preview listens nowhere");
  return {
    url,
    close: async () => {
      await server.close();
      await rm(outDir, { recursive: true });
    },
  };
}
