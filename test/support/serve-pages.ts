import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build, preview, type Plugin } from "vite";

/** The test pages, built from the sources and served on a free port of this machine. */
export interface ServedPages {
  /** Ends with a slash. */
  readonly url: string;
  close(): Promise<void>;
}

/** Builds and serves test/browser/page, or a folder of it, cross-origin isolated, from a new temporary folder. */
export async function servePages(
  folder = "",
  plugins: readonly Plugin[] = [],
): Promise<ServedPages> {
  const outDir = await mkdtemp(join(tmpdir(), "denoodle-pages-"));
  const configFile = new URL("../../vite.config.ts", import.meta.url).pathname;
  const root = new URL(`../browser/page/${folder}`, import.meta.url).pathname;
  await build({ configFile, root, plugins: [...plugins], build: { outDir } });
  const server = await preview({ configFile, build: { outDir } });
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
