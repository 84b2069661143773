import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build, preview } from "vite";
import type { ServedPages } from "./serve-pages.ts";

/** Builds the editor into a new temporary folder and serves it as a static site, cross-origin isolated. */
export async function serveEditor(): Promise<ServedPages> {
  const outDir = await mkdtemp(join(tmpdir(), "denoodle-editor-"));
  const configFile = new URL("../../editor/vite.config.ts", import.meta.url).pathname;
  await build({ configFile, build: { outDir }, logLevel: "error" });
  const server = await preview({ configFile, build: { outDir }, logLevel: "error" });
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
