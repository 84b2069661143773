import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";

const types: Readonly<Record<string, string>> = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".json": "application/json",
  ".mjs": "text/javascript",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
};

interface HostOptions {
  /** Paths that it does not have. */
  readonly leftOut?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** A host that sends files with the headers it was given and nothing else, as static hosts do. */
export interface PlainHost {
  /** Ends with a slash. */
  readonly url: string;
  /** Paths that were asked for. */
  readonly asked: readonly string[];
  /** What browsers sent to `/violations`, where a policy's `report-uri` may point. */
  readonly violations: readonly string[];
  close(): void;
}

export async function startPlainHost(
  folder: string,
  { leftOut = [], headers = {} }: HostOptions = {},
): Promise<PlainHost> {
  const asked: string[] = [];
  const violations: string[] = [];
  const server = createServer((request, response) => {
    const path = (request.url?.split("?")[0] ?? "/").replace(/\/$/, "/index.html");
    if (path === "/violations") {
      void textOf(request).then((text) => violations.push(text));
      response.writeHead(204).end();
      return;
    }
    asked.push(path);
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    try {
      if (leftOut.includes(path)) throw new Error("left out");
      const content = readFileSync(join(folder, decodeURIComponent(path)));
      response.setHeader("Content-Type", types[extname(path)] ?? "application/octet-stream");
      response.end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    asked,
    violations,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}
