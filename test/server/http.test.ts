import { symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { siteFolder, startTestServer, type TestServer } from "./support/test-server.ts";

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** A request whose path and headers are sent as they stand, unlike `fetch`'s. */
function ask(
  { port }: TestServer,
  path: string,
  { method = "GET", headers = {} }: { method?: string; headers?: Record<string, string> } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port, path, method, headers, agent: false });
    sent.on("error", reject);
    sent.on("response", (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(parts),
        }),
      );
    });
    sent.end();
  });
}

const script = `export const text = ${JSON.stringify("the same words again ".repeat(500))};`;
const site = () =>
  siteFolder({
    "index.html": "<!doctype html><title>Denoodle</title>",
    "assets/main-Ab3_9xYz.js": script,
    "assets/plain.js": "1",
    "library/manifest.json": "{}",
    "library/photo64.onnx": new Uint8Array([1, 2, 3]),
    ".stamp": "hidden",
    "deep/.git/config": "hidden",
  });

describe("the editor's files", () => {
  test("come with a type, and with headers that keep everything else out", async () => {
    const server = await startTestServer({ folder: site() });
    const { status, headers, body } = await ask(server, "/");
    expect(status).toBe(200);
    expect(body.toString()).toContain("<title>Denoodle</title>");
    expect(headers).toMatchObject({
      "content-type": "text/html; charset=utf-8",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-embedder-policy": "require-corp",
      "cross-origin-resource-policy": "same-origin",
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "cache-control": "no-cache",
    });
    const policy = new Map(
      String(headers["content-security-policy"])
        .split("; ")
        .map((line) => [line.split(" ")[0], line.split(" ").slice(1).join(" ")]),
    );
    expect(policy.get("default-src")).toBe("'none'");
    expect(policy.get("script-src")).toBe("'self' 'wasm-unsafe-eval'");
    expect(policy.get("connect-src")).toBe(`'self' ws://127.0.0.1:${server.port}`);
    expect(policy.get("frame-ancestors")).toBe("'none'");
    for (const [name, sources] of policy)
      if (name !== "style-src") expect(sources).not.toMatch(/'unsafe-(?:inline|eval)'|\*/);
    const refusals = [await ask(server, "/none.js"), await ask(server, "/", { method: "PUT" })];
    for (const { headers: also } of refusals)
      expect(also["content-security-policy"]).toBe(headers["content-security-policy"]);
  });

  test.each([
    ["/assets/plain.js", "text/javascript; charset=utf-8"],
    ["/library/manifest.json", "application/json; charset=utf-8"],
    ["/library/photo64.onnx", "application/octet-stream"],
    ["/index.html?v=1", "text/html; charset=utf-8"],
  ])("%s is %s", async (path, type) => {
    const { status, headers } = await ask(await startTestServer({ folder: site() }), path);
    expect([status, headers["content-type"]]).toEqual([200, type]);
  });

  test("that are named by their hash are kept for good, others asked for again", async () => {
    const folder = site();
    const server = await startTestServer({ folder });
    const hashed = await ask(server, "/assets/main-Ab3_9xYz.js");
    expect(hashed.headers["cache-control"]).toBe("public, max-age=31536000, immutable");
    const plain = await ask(server, "/assets/plain.js");
    expect(plain.headers["cache-control"]).toBe("no-cache");
    const headers = { "If-None-Match": String(plain.headers["etag"]) };
    const again = await ask(server, "/assets/plain.js", { headers });
    expect([again.status, again.body.length]).toEqual([304, 0]);
    writeFileSync(join(folder, "assets/plain.js"), "2");
    utimesSync(join(folder, "assets/plain.js"), 1, 1);
    const changed = await ask(server, "/assets/plain.js", { headers });
    expect([changed.status, changed.body.toString()]).toEqual([200, "2"]);
  });

  test.each([
    ["gzip, br", "br", brotliDecompressSync],
    ["gzip;q=0.5, br;q=0", "gzip", gunzipSync],
    ["identity", undefined, (bytes: Buffer) => bytes],
  ])("are packed for who accepts %s", async (accepted, encoding, unpack) => {
    const server = await startTestServer({ folder: site() });
    const headers = { "Accept-Encoding": accepted };
    const tags: unknown[] = [];
    for (const method of ["GET", "GET", "HEAD"]) {
      const answer = await ask(server, "/assets/main-Ab3_9xYz.js", { method, headers });
      expect(answer.headers["content-encoding"]).toBe(encoding);
      expect(answer.headers["vary"]).toBe("Accept-Encoding");
      if (method === "HEAD") expect(answer.body).toHaveLength(0);
      else expect(unpack(answer.body).toString()).toBe(script);
      tags.push(answer.headers["etag"]);
    }
    expect(new Set(tags).size).toBe(1);
  });
});

describe("what is not the editor's", () => {
  test.each([
    "/../package.json",
    "/%2e%2e/package.json",
    "/..%2fpackage.json",
    "/assets/../../package.json",
    "/assets/%2e%2e%2f%2e%2e%2fpackage.json",
    "/..%5cpackage.json",
    "/C:/Windows/win.ini",
    "//etc/passwd",
    "/%00",
    "/%",
    "/.stamp",
    "/deep/.git/config",
    "/assets",
    "/assets/",
    "/assets//plain.js",
    "http://127.0.0.1/etc/passwd",
  ])("%s is not there", async (path) => {
    const { status, body } = await ask(await startTestServer({ folder: site() }), path);
    expect(status).toBe(404);
    expect(body.toString()).toBe("There is no such file.\n");
  });

  test("stays out behind a link in the folder", async () => {
    const folder = site();
    symlinkSync("/etc", join(folder, "outside"));
    symlinkSync("/etc/passwd", join(folder, "passwd"));
    symlinkSync(join(folder, "loop"), join(folder, "loop"));
    const server = await startTestServer({ folder });
    for (const path of ["/outside/passwd", "/passwd", "/loop"])
      expect((await ask(server, path)).status).toBe(404);
  });

  test("stays out whatever the path", async () => {
    const server = await startTestServer({ folder: site() });
    const part = fc.constantFrom(
      "..",
      ".",
      "%2e",
      "%2F",
      "%5c",
      "/",
      "etc",
      "passwd",
      "assets",
      "%",
      "%00",
      ";",
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 12 }), async (parts) => {
        const { status, body } = await ask(server, `/${parts.join("")}`);
        if (status === 200) expect(body.toString()).toContain("<title>Denoodle</title>");
        else expect(status).toBe(404);
      }),
      { numRuns: 150 },
    );
  });

  test.each(["POST", "PUT", "DELETE", "OPTIONS"])("%s is not answered", async (method) => {
    const answer = await ask(await startTestServer({ folder: site() }), "/", { method });
    expect([answer.status, answer.headers["allow"]]).toEqual([405, "GET, HEAD"]);
  });
});

describe("another name for this machine", () => {
  test.each([
    "evil.example",
    "evil.example:PORT",
    "127.0.0.1:1",
    "localhost.evil.example:PORT",
    "10.0.0.1:PORT",
  ])("%s is refused and logged", async (host) => {
    const server = await startTestServer({ folder: site() });
    const headers = { Host: host.replace("PORT", String(server.port)) };
    expect((await ask(server, "/", { headers })).status).toBe(403);
    expect(server.lines).toEqual([
      expect.stringMatching(/^refused a request: the host .* is not this server$/),
    ]);
  });
  test.each(["localhost:PORT", "LOCALHOST:PORT", "[::1]:PORT"])("%s is its own", async (host) => {
    const server = await startTestServer({ folder: site() });
    const headers = { Host: host.replace("PORT", String(server.port)) };
    expect((await ask(server, "/", { headers })).status).toBe(200);
  });
  test("an address is its own where other machines may ask, a name is not", async () => {
    const server = await startTestServer({ folder: site(), host: "0.0.0.0", exposed: true });
    const status = async (host: string) =>
      (await ask(server, "/", { headers: { Host: `${host}:${server.port}` } })).status;
    expect(await status("192.168.1.7")).toBe(200);
    expect(await status("evil.example")).toBe(403);
  });
});

describe("the graph that the server was started with", () => {
  const start = () =>
    startTestServer({ opened: { name: "mine.json", read: async () => '{"denoodle":1}' } });
  test("is for who has the token", async () => {
    const server = await start();
    const headers = { Authorization: `Bearer ${server.token}` };
    const { status, headers: got, body } = await ask(server, "/opened.json", { headers });
    expect([status, body.toString(), got["cache-control"]]).toEqual([
      200,
      '{"denoodle":1}',
      "no-store",
    ]);
    expect(server.link).toBe(`${server.origin}/#token=${server.token}&open=mine.json`);
  });
  test.each(["", "Bearer ", "Bearer wrong", "Basic x"])(
    "%j does not open it",
    async (authorization) => {
      const server = await start();
      const { status, body } = await ask(server, "/opened.json", {
        headers: { Authorization: authorization },
      });
      expect([status, body.toString()]).toEqual([401, "The token is wrong or missing.\n"]);
      expect(server.lines).toEqual(["refused /opened.json: the token is wrong or missing"]);
    },
  );
});
