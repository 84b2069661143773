import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { createStudio } from "../../../runtime/protocol/studio/studio.ts";
import type { Studio, StudioHost } from "../../../runtime/protocol/studio/host.ts";
import { serve, type RunningServer, type ServerOptions } from "../../../cli/server/serve.ts";
import { nodeStudioHost } from "../../../cli/server/studio-host.ts";
import { createTurns } from "../../../cli/server/turns.ts";

export interface TestServer extends RunningServer {
  readonly port: number;
  /** What was logged. */
  readonly lines: readonly string[];
  readonly folder: string;
}

export interface TestServerOptions extends Partial<Omit<ServerOptions, "createStudio">> {
  readonly createStudio?: (host: StudioHost) => Studio;
  /** A module that is the engine's process, instead of the real one. */
  readonly engineScript?: string;
}

/** A real server at a free port, ended with the test. */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const { engineScript, ...given } = options;
  const lines: string[] = [];
  const log = (line: string): void => void lines.push(line);
  const folder =
    given.folder ?? siteFolder({ "index.html": "<!doctype html><title>Denoodle</title>" });
  const server = await serve({
    host: "127.0.0.1",
    exposed: false,
    port: 0,
    exactPort: true,
    createStudio,
    studioHost: nodeStudioHost({
      turns: createTurns(),
      folder,
      log,
      ...(engineScript === undefined ? {} : { engineScript }),
    }),
    log,
    ...given,
    folder,
  });
  onTestFinished(() => server.close());
  return { ...server, lines, folder, port: Number(new URL(server.origin).port) };
}

/** A folder of files by their paths, removed with the test. */
export function siteFolder(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), "denoodle-site-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}
