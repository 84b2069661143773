import { createReadStream } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { securityHeaders } from "./headers.ts";
import { createPackedFiles } from "./packed.ts";
import { siteFile, type SiteFile } from "./site-file.ts";

/** A text that only who has the token may read. */
export interface Private {
  readonly path: string;
  readonly read: () => Promise<string>;
}

export interface SiteOptions {
  readonly folder: string;
  readonly private: readonly Private[];
  readonly isToken: (given: string) => boolean;
  readonly log: (line: string) => void;
}

export type Answer = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Serves the files of a folder, and what is private at its own paths. The host was checked before. */
export function createSite(options: SiteOptions): Answer {
  const packed = createPackedFiles();
  return async (request, response) => {
    const { method, url = "/", headers } = request;
    for (const [name, value] of Object.entries(securityHeaders(headers.host ?? "")))
      response.setHeader(name, value);
    if (method !== "GET" && method !== "HEAD") {
      response.setHeader("Allow", "GET, HEAD");
      return refuse(response, 405, "Only GET and HEAD are answered.");
    }
    const [path = "/", query = ""] = url.split("?", 2);
    const secret = options.private.find((each) => each.path === path);
    if (secret !== undefined) return sendPrivate(secret, request, response, options);
    const file = await siteFile(options.folder, path);
    if (file === null) return refuse(response, 404, "There is no such file.");
    // Files of the library are asked for with the hash that the manifest has for them.
    const isHashed = file.isHashed || query.startsWith("sha256=");
    return sendFile({ ...file, isHashed }, request, response, packed);
  };
}

async function sendPrivate(
  { read, path }: Private,
  request: IncomingMessage,
  response: ServerResponse,
  { isToken, log }: SiteOptions,
): Promise<void> {
  const given = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1] ?? "";
  if (!isToken(given)) {
    log(`refused ${path}: the token is wrong or missing`);
    return refuse(response, 401, "The token is wrong or missing.");
  }
  const text = await read();
  response.setHeader("Content-Type", "application/json; charset=utf-8");
  response.setHeader("Cache-Control", "no-store");
  response.end(request.method === "HEAD" ? undefined : text);
}

async function sendFile(
  file: SiteFile,
  { headers, method }: IncomingMessage,
  response: ServerResponse,
  packed: ReturnType<typeof createPackedFiles>,
): Promise<void> {
  const packing = packed.packingFor(file, headers["accept-encoding"] ?? "");
  const tag = `"${file.version}${packing === null ? "" : `-${packing}`}"`;
  response.setHeader("ETag", tag);
  response.setHeader("Vary", "Accept-Encoding");
  response.setHeader(
    "Cache-Control",
    file.isHashed ? "public, max-age=31536000, immutable" : "no-cache",
  );
  const known = headers["if-none-match"]?.split(",").map((each) => each.trim());
  if (known?.includes(tag) === true) {
    response.statusCode = 304;
    response.end();
    return;
  }
  response.setHeader("Content-Type", file.type);
  if (packing === null) {
    response.setHeader("Content-Length", file.size);
    if (method === "HEAD") response.end();
    else await pipeline(createReadStream(file.path), response);
    return;
  }
  const bytes = await packed.read(file, packing);
  response.setHeader("Content-Encoding", packing);
  response.setHeader("Content-Length", bytes.length);
  response.end(method === "HEAD" ? undefined : bytes);
}

function refuse(response: ServerResponse, status: number, sentence: string): void {
  response.statusCode = status;
  response.setHeader("Content-Type", "text/plain; charset=utf-8");
  response.end(`${sentence}\n`);
}
