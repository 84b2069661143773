import { preview } from "vite";
import { inject } from "vitest";
import type { ServedPages } from "./serve-pages.ts";

/** Serves the built editor as a static site, cross-origin isolated. */
export async function serveEditor(): Promise<ServedPages> {
  const configFile = new URL("../../editor/vite.config.ts", import.meta.url).pathname;
  const build = { outDir: inject("editor") };
  const server = await preview({ configFile, build, logLevel: "error" });
  const url = server.resolvedUrls?.local[0];
  if (url === undefined) throw new Error("vite preview listens nowhere");
  return { url, close: () => server.close() };
}
