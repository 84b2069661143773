import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { createStudio } from "../../runtime/protocol/studio/studio.ts";
import type { ExitCode } from "../exit-code.ts";
import type { Terminal } from "../terminal.ts";
import { editorFolder } from "./editor-folder.ts";
import { serve, type Place } from "./serve.ts";
import { nodeStudioHost } from "./studio-host.ts";
import { createTurns } from "./turns.ts";

export interface EditOptions extends Place {
  /** Path of the graph to open; null: the page chooses. */
  readonly graph: string | null;
  /** Whether to open a browser. */
  readonly open: boolean;
  /** As `ServerOptions` has it. */
  readonly token?: string;
}

/** Serves the editor until the terminal interrupts it. @throws IssueError where it cannot be served. */
export async function serveEditor(options: EditOptions, terminal: Terminal): Promise<ExitCode> {
  const { graph, open, ...place } = options;
  const { bold, dim, yellow } = terminal.colours;
  const log = (line: string): void => terminal.err(dim(`${new Date().toISOString()} ${line}`));
  const server = await serve({
    ...place,
    folder: editorFolder(),
    createStudio,
    studioHost: nodeStudioHost({
      turns: createTurns(),
      folder: graph === null ? terminal.cwd : dirname(graph),
      log,
    }),
    log,
    ...(graph === null
      ? {}
      : { opened: { name: basename(graph), read: () => readFile(graph, "utf8") } }),
  });
  if (place.exposed)
    terminal.err(
      `${yellow("warning")} ${place.host} is reachable from other machines, and what is sent is not encrypted: whoever reads the link on its way can run graphs here.`,
    );
  terminal.out(`The editor is at ${bold(server.link)}`);
  terminal.err(dim("The link lets whoever has it run graphs on this machine. Ctrl-C ends it."));
  if (open) openBrowser(server.link, terminal);
  await interrupted(terminal);
  await server.close();
  return 0;
}

function interrupted(terminal: Terminal): Promise<void> {
  return new Promise((resolve) => {
    const calm = terminal.onInterrupt(() => {
      calm();
      resolve();
    });
  });
}

const openers: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: ["open"],
  win32: ["rundll32", "url.dll,FileProtocolHandler"],
};

function openBrowser(link: string, terminal: Terminal): void {
  const [program = "xdg-open", ...args] = openers[process.platform] ?? [];
  const child = spawn(program, [...args, link], { stdio: "ignore", detached: true });
  child.on("error", () => terminal.err(`${program} could not be started: open the link yourself.`));
  child.unref();
}
