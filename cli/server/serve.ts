import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { defaultLimits, type FrameLimits } from "../../runtime/protocol/codec.ts";
import { enginePath, openedPath } from "../../runtime/protocol/delivery/address.ts";
import type { Studio, StudioHost } from "../../runtime/protocol/studio/host.ts";
import type { StudioMessage } from "../../runtime/protocol/studio/messages.ts";
import { createAccess, newToken, type Access } from "./access.ts";
import { serveConnection } from "./connection.ts";
import { createDoor } from "./door.ts";
import { listen } from "./listen.ts";
import { createSessions } from "./sessions.ts";
import { createSite, type Answer } from "./site.ts";

/** Where to listen. */
export interface Place {
  readonly host: string;
  /** Whether other machines reach the host. */
  readonly exposed: boolean;
  readonly port: number;
  /** Whether no other port will do. */
  readonly exactPort: boolean;
}

export interface ServerOptions extends Place {
  /** The built editor. */
  readonly folder: string;
  readonly createStudio: (host: StudioHost) => Studio;
  readonly studioHost: Omit<StudioHost, "post">;
  /** A graph for pages to open: its name and how to read it. */
  readonly opened?: { readonly name: string; readonly read: () => Promise<string> };
  readonly log: (line: string) => void;
  /** What pages have to know; default: a new one. Given again, pages know a server that was started anew. */
  readonly token?: string;
  readonly tuning?: Partial<Tuning>;
}

/** Sizes and times that tests make small. */
export interface Tuning {
  readonly limits: FrameLimits;
  readonly keptBytes: number;
  readonly idleMs: number;
  readonly beatMs: number;
  readonly mostSessions: number;
}

const usual: Tuning = {
  limits: defaultLimits,
  keptBytes: 64 * 2 ** 20,
  idleMs: 10 * 60_000,
  beatMs: 15_000,
  mostSessions: 16,
};

export interface RunningServer {
  /** What a person opens: the token is in its fragment, which browsers do not send. */
  readonly link: string;
  readonly origin: string;
  readonly token: string;
  /** Ends runs, engines and connections; resolves when the port is free. */
  readonly close: () => Promise<void>;
}

/** Serves the editor and its engine. @throws IssueError where it cannot listen. */
export async function serve(options: ServerOptions): Promise<RunningServer> {
  const { host, log, opened, createStudio, studioHost } = options;
  const tuning = { ...usual, ...options.tuning };
  const { token = newToken() } = options;
  const access = createAccess(token, host, options.exposed);
  const sessions = createSessions({
    openStudio: (post: (message: StudioMessage) => void) => createStudio({ ...studioHost, post }),
    keptBytes: tuning.keptBytes,
    idleMs: tuning.idleMs,
    most: tuning.mostSessions,
  });
  const door = createDoor({
    access,
    path: enginePath,
    frameBytes: tuning.limits.frameBytes,
    enter: (socket) =>
      serveConnection(socket, { sessions, limits: tuning.limits, beatMs: tuning.beatMs, log }),
    log,
  });
  const site = createSite({
    folder: options.folder,
    private: opened === undefined ? [] : [{ path: openedPath, read: opened.read }],
    isToken: access.isToken,
    log,
  });
  const server = createServer(
    (request, response) => void answer(request, response, { access, site, log }),
  );
  server.on("upgrade", door.upgrade);
  const port = await listen(server, host, options.port, options.exactPort);
  const origin = `http://${isAny(host) ? "127.0.0.1" : host.includes(":") ? `[${host}]` : host}:${port}`;
  const fragment = new URLSearchParams({
    token,
    ...(opened === undefined ? {} : { open: opened.name }),
  });
  return {
    link: `${origin}/#${fragment}`,
    origin,
    token,
    async close() {
      sessions.close();
      door.close();
      await closeServer(server);
    },
  };
}

const isAny = (host: string): boolean => host === "0.0.0.0" || host === "::";

interface Answering {
  readonly access: Access;
  readonly site: Answer;
  readonly log: (line: string) => void;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { access, site, log }: Answering,
): Promise<void> {
  try {
    const why = access.whyRefused(request);
    if (why === null) return await site(request, response);
    log(`refused a request: ${why}`);
    response.writeHead(403, { "Content-Type": "text/plain", Connection: "close" });
    response.end("This server does not answer to that name.\n");
  } catch (error) {
    // Who asked may have gone in the middle of a file.
    const reason = error instanceof Error ? error.message : String(error);
    if (!response.destroyed) log(`failed to answer: ${reason}`);
    if (response.headersSent) response.destroy();
    else response.writeHead(500).end();
  }
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), 700).unref();
  });
}
