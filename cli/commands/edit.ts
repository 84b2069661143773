import { isIP } from "node:net";
import { integerOf, UsageError, valueOf, type Command, type Given } from "../command.ts";
import { findGraph } from "../run/graph-file.ts";
import type { Place } from "../server/serve.ts";

const preferredPort = 4173;

export const editCommand: Command = {
  summary: "Serves the editor and an engine to this machine's browsers, until Ctrl-C.",
  positionals: "[GRAPH]",
  options: {
    port: {
      value: "PORT",
      help: `Listens at this port only; default: the first that is free from ${preferredPort} on.`,
    },
    host: { value: "HOST", help: "Listens at another address than 127.0.0.1." },
    expose: { help: "Allows a HOST that other machines reach." },
    open: { help: "Opens the link in the browser." },
  },
  notes: [
    "Whoever has the printed link can run graphs here: it holds a token that is new each time. DENOODLE_TOKEN in the environment is used instead, so that open pages know a server that was started anew.",
    "Pictures, arrays and models that GRAPH names are looked up in its folder.",
  ],
  async run(given, terminal) {
    const place = placeOf(given);
    const [name, ...more] = given.positionals;
    if (more.length > 0) throw new UsageError("denoodle edit opens one graph.");
    const graph = name === undefined ? null : findGraph(name, "samplers", terminal.cwd);
    // The server and the studio are of no use to the other commands.
    const { serveEditor } = await import("../server/serve-editor.ts");
    const open = given.switches.has("open");
    return serveEditor({ ...place, ...tokenGiven(), graph, open }, terminal);
  },
};

/** @throws UsageError for a token that can be guessed, or that is no part of a link. */
function tokenGiven(): { readonly token?: string } {
  const token = process.env["DENOODLE_TOKEN"];
  if (token === undefined || token === "") return {};
  if (/^[\w-]{32,}$/u.test(token)) return { token };
  throw new UsageError("DENOODLE_TOKEN: expected 32 letters, digits, - or _ at least.");
}

/** @throws UsageError for an address that other machines reach, unless that is wanted in so many words. */
function placeOf(given: Given): Place {
  const host = valueOf(given, "host") ?? "127.0.0.1";
  const port = integerOf(given, "port", 0);
  if (port !== undefined && port > 65_535)
    throw new UsageError(`--port: expected a number up to 65535, got ${port}.`);
  const exposed = !isLoopback(host);
  if (exposed && !given.switches.has("expose"))
    throw new UsageError(
      `--host ${host} is reachable from other machines, where whoever has the link could run graphs here. Add --expose if that is meant.`,
    );
  return { host, exposed, port: port ?? preferredPort, exactPort: port !== undefined };
}

const isLoopback = (host: string): boolean =>
  host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
