import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** The folder of the built editor. */
    readonly editor: string;
  }
}

/** Builds the editor as it is shipped, once for all browser tests. Vitest calls what this returns after the last of them. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const outDir = await mkdtemp(join(tmpdir(), "denoodle-editor-"));
  const configFile = new URL("../../editor/vite.config.ts", import.meta.url).pathname;
  // Vitest's own would build React's checks in.
  const { NODE_ENV } = process.env;
  process.env["NODE_ENV"] = "production";
  await build({ configFile, build: { outDir }, logLevel: "error" });
  process.env["NODE_ENV"] = NODE_ENV;
  project.provide("editor", outDir);
  return () => rm(outDir, { recursive: true });
}
