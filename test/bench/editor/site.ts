import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { build, preview } from "vite";
import { root } from "../subject.ts";

/** The editor as it is shipped, served as a static site. */
export interface Site {
  readonly url: string;
  /** Where it was built. */
  readonly folder: string;
  close(): Promise<void>;
}

/** Builds the editor into a new temporary folder and serves it on a free port. */
export async function openSite(): Promise<Site> {
  const folder = await mkdtemp(path.join(tmpdir(), "denoodle-bench-"));
  const configFile = path.join(root, "editor/vite.config.ts");
  await build({ configFile, build: { outDir: folder }, logLevel: "error" });
  const server = await preview({ configFile, build: { outDir: folder }, logLevel: "error" });
  const url = server.resolvedUrls?.local[0];
  if (url === undefined) throw new Error("vite preview listens nowhere");
  return {
    url,
    folder,
    close: async () => {
      await server.close();
      await rm(folder, { recursive: true });
    },
  };
}
