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

/** Builds the editor once for all browser tests. Vitest calls what this returns after the last of them. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const outDir = await mkdtemp(join(tmpdir(), "denoodle-editor-"));
  const configFile = new URL("../../editor/vite.config.ts", import.meta.url).pathname;
  await build({ configFile, build: { outDir }, logLevel: "error" });
  project.provide("editor", outDir);
  return () => rm(outDir, { recursive: true });
}
