import { once } from "node:events";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { WebSocket } from "ws";
import { defaultLimits, encodeFrame } from "../../runtime/protocol/codec.ts";
import { enginePath, protocolsWith } from "../../runtime/protocol/delivery/address.ts";
import { closeCodes } from "../../runtime/protocol/delivery/envelopes.ts";
import { openSocket, startClient } from "./support/client.ts";
import { startTestServer } from "./support/test-server.ts";

async function closing(socket: WebSocket): Promise<number> {
  const [code] = (await once(socket, "close")) as [number];
  return code;
}

async function opened(socket: WebSocket): Promise<WebSocket> {
  await once(socket, "open");
  return socket;
}

/** A socket that was let in and greeted. */
async function greeted(server: {
  readonly origin: string;
  readonly token: string;
}): Promise<WebSocket> {
  const socket = await opened(openSocket(server));
  socket.send(encodeFrame({ type: "hello", session: null, received: 0 }));
  await once(socket, "message");
  return socket;
}

/** The status of the answer to a handshake that was refused. */
async function refusedWith(socket: WebSocket): Promise<number | undefined> {
  const [, response] = (await once(socket, "unexpected-response")) as [
    unknown,
    { readonly statusCode?: number },
  ];
  return response.statusCode;
}

test("a wrong token, or none, is told to the page and logged without the token", async () => {
  const server = await startTestServer();
  const client = startClient({ ...server, token: "not-the-token" });
  await new Promise<void>((resolve) => client.onState(({ is }) => is === "refused" && resolve()));
  expect(client.state()).toMatchObject({
    is: "refused",
    issue: { code: "server.refused", message: expect.stringContaining("token is wrong") },
  });
  const url = server.origin.replace("http", "ws") + enginePath;
  const bare = new WebSocket(url, [], { origin: server.origin });
  expect(await closing(bare)).toBe(closeCodes.refusedToken);
  const line = "refused a connection: the token is wrong or missing";
  expect(server.lines).toEqual([line, line]);
});

test("what a stranger with a wrong token sends is not read", async () => {
  const server = await startTestServer();
  const socket = await opened(openSocket({ ...server, token: "x" }));
  socket.send(new Uint8Array(2 ** 20));
  await closing(socket);
  expect(server.lines).toEqual(["refused a connection: the token is wrong or missing"]);
});

test.each([
  [
    "a foreign origin",
    { Origin: "http://evil.example" },
    'the origin "http://evil.example" is foreign',
  ],
  ["no origin", { Origin: "" }, "the origin .* is foreign"],
  ["the origin of another port", { Origin: "http://127.0.0.1:1" }, "is foreign"],
  ["another host", { Host: "evil.example" }, 'the host "evil.example" is not this server'],
])("%s is refused and logged", async (_, headers, reason) => {
  const server = await startTestServer();
  const url = server.origin.replace("http", "ws") + enginePath;
  const socket = new WebSocket(url, [...protocolsWith(server.token)], {
    headers: { Origin: server.origin, ...headers },
  });
  onTestFinished(() => socket.terminate());
  socket.on("error", () => {});
  expect(await refusedWith(socket)).toBe(403);
  expect(server.lines).toEqual([expect.stringMatching(`^refused a connection: .*${reason}`)]);
});

test("another path has no engine", async () => {
  const { origin, token } = await startTestServer();
  const socket = new WebSocket(`${origin.replace("http", "ws")}/other`, [...protocolsWith(token)], {
    origin,
  });
  socket.on("error", () => {});
  expect(await refusedWith(socket)).toBe(403);
});

test("a frame over the limit ends its connection only, and is logged", async () => {
  const limits = { ...defaultLimits, frameBytes: 2 ** 16 };
  const server = await startTestServer({ tuning: { limits } });
  const other = startClient(server);
  const socket = await greeted(server);
  socket.send(encodeFrame({ type: "message", n: 1, body: new Uint8Array(2 ** 17) }));
  expect(await closing(socket)).toBe(1009);
  expect(server.lines).toEqual([expect.stringContaining("Max payload size exceeded")]);
  other.send({ type: "frame", run: 9, ticket: 1, wire: "a.x", iteration: [] });
  expect(await other.event(9, "refused")).toMatchObject({ issues: [{ code: "frame.no-run" }] });
});

test("an array over the limit is refused before it is made", async () => {
  const limits = { ...defaultLimits, arrayBytes: 1000 };
  const server = await startTestServer({ tuning: { limits } });
  const socket = await greeted(server);
  socket.send(encodeFrame({ type: "message", n: 1, body: new Uint8Array(1001) }));
  expect(await closing(socket)).toBe(closeCodes.badFrame);
  expect(server.lines[0]).toContain("1001 bytes; 1000 are taken");
});

test("whatever bytes come, the connection is closed and the next page is served", async () => {
  const server = await startTestServer();
  const bytes = fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.jsonValue().map(encodeFrame));
  await fc.assert(
    fc.asyncProperty(bytes, fc.boolean(), async (frame, afterHello) => {
      const socket = afterHello ? await greeted(server) : await opened(openSocket(server));
      socket.send(frame);
      expect([closeCodes.badFrame, closeCodes.noHello]).toContain(await closing(socket));
    }),
    { numRuns: 60 },
  );
  const text = await greeted(server);
  text.send("a text");
  expect(await closing(text)).toBe(closeCodes.badFrame);
  expect((await greeted(server)).readyState).toBe(WebSocket.OPEN);
});

test("a request that the studio cannot serve is answered in words", async () => {
  const client = startClient(await startTestServer());
  client.send({ type: "launch" } as unknown as Parameters<typeof client.send>[0]);
  expect(await client.event(null, "warning")).toMatchObject({
    issue: { code: "protocol.invalid" },
  });
});

test("who says nothing is let go", async () => {
  const server = await startTestServer({ tuning: { beatMs: 30 } });
  const socket = await opened(openSocket(server));
  expect(await closing(socket)).toBe(closeCodes.noHello);
});

test("more pages than are served are refused, and one that went makes room", async () => {
  const server = await startTestServer({ tuning: { mostSessions: 2 } });
  const [first] = [await greeted(server), await greeted(server)];
  const third = await opened(openSocket(server));
  third.send(encodeFrame({ type: "hello", session: null, received: 0 }));
  expect(await closing(third)).toBe(closeCodes.tooManySessions);
  expect(server.lines).toEqual(["closed a connection: too many pages are open on this server"]);
  first?.terminate();
  const fourth = startClient(server);
  await new Promise<void>((resolve) => fourth.onState(({ is }) => is === "open" && resolve()));
});
