import { once } from "node:events";
import { expect, test, vi } from "vitest";
import type { WebSocket } from "ws";
import type { StudioMessage } from "../../runtime/protocol/studio/messages.ts";
import { encodeFrame } from "../../runtime/protocol/codec.ts";
import { openFromServer } from "../../runtime/protocol/delivery/envelopes.ts";
import { openSocket, startClient, type Client } from "./support/client.ts";
import { preview, step, stubStudios } from "./support/stub-studio.ts";
import { losesRuns } from "../../editor/run/server-link.ts";
import { startTestServer } from "./support/test-server.ts";

const run = {
  type: "run",
  run: 1,
  document: { denoodle: 1, name: "x", inputs: {}, graph: {}, outputs: {}, blocks: {} },
  feeds: {},
  batch: null,
  files: new Map(),
  options: { backend: "cpu", seed: 0, probes: [] },
} as const satisfies Parameters<Client["send"]>[0];

const isState = (client: Client, wanted: string): Promise<void> =>
  vi.waitFor(() => expect(client.state().is).toBe(wanted), { timeout: 5000, interval: 5 });

const iterations = (messages: readonly StudioMessage[]) =>
  messages.flatMap(({ event }) => (event.type === "step" ? [event.iteration] : []));

/** A socket that has greeted, and the bodies of the messages that it was sent. */
async function listening(server: Parameters<typeof openSocket>[0]) {
  const socket: WebSocket = openSocket(server);
  const bodies: StudioMessage[] = [];
  socket.binaryType = "arraybuffer";
  socket.on("message", (data) => {
    const envelope = openFromServer(new Uint8Array(data as ArrayBuffer));
    if (envelope.type === "message") bodies.push(envelope.body as StudioMessage);
  });
  await once(socket, "open");
  socket.send(encodeFrame({ type: "hello", session: null, received: 0 }));
  await once(socket, "message");
  return { socket, bodies };
}

test("a page that takes previews slowly gets the newest, and every event", async () => {
  const studios = stubStudios();
  const server = await startTestServer({ createStudio: studios.createStudio });
  const { socket, bodies } = await listening(server);
  socket.pause();
  const count = 200;
  for (let i = 1; i <= count; i += 1) {
    studios.post(preview(i, 2 ** 18));
    studios.post(step(i));
    // The server's sockets are written between turns.
    await new Promise((resolve) => setImmediate(resolve));
  }
  socket.resume();
  await vi.waitFor(() => expect(iterations(bodies)).toHaveLength(count), { timeout: 20_000 });
  expect(iterations(bodies)).toEqual(Array.from({ length: count }, (_, i) => i + 1));
  const values = () =>
    bodies.flatMap(({ event }) => (event.type === "frame" ? [event.tensor.data[0]] : []));
  await vi.waitFor(() => expect(values().at(-1)).toBe(count));
  expect(values().length).toBeLessThan(count / 2);
  expect(values()).toEqual(values().toSorted((a, b) => Number(a) - Number(b)));
});

test("what is said while the page is away comes when it is back, once and in order", async () => {
  const studios = stubStudios();
  const server = await startTestServer({ createStudio: studios.createStudio });
  const client = startClient(server);
  await isState(client, "open");
  for (let i = 1; i <= 60; i += 1) {
    studios.post(step(i));
    if (i % 7 === 0) client.breakConnection();
    if (i % 11 === 0) await isState(client, "open");
    if (i % 5 === 0) client.send({ type: "pause", run: i });
  }
  await vi.waitFor(() => expect(iterations(client.messages)).toHaveLength(60), { timeout: 10_000 });
  expect(iterations(client.messages)).toEqual(Array.from({ length: 60 }, (_, i) => i + 1));
  const sent = Array.from({ length: 12 }, (_, i) => ({ type: "pause", run: (i + 1) * 5 }));
  await vi.waitFor(() => expect(studios.received).toEqual(sent));
  expect(studios.closed).toBe(0);
});

test("a preview that was under way when the connection broke is sent again, older ones are not", async () => {
  const studios = stubStudios();
  const client = startClient(await startTestServer({ createStudio: studios.createStudio }));
  await isState(client, "open");
  client.breakConnection();
  for (const value of [1, 2, 3]) studios.post(preview(value, 10));
  const { event } = await client.message(({ event }) => event.type === "frame");
  expect(event).toMatchObject({ iteration: [3] });
  expect(client.messages).toHaveLength(1);
});

test("what is more than the server keeps is counted, and said", async () => {
  const studios = stubStudios();
  const tuning = { keptBytes: 2000 };
  const server = await startTestServer({ createStudio: studios.createStudio, tuning });
  const client = startClient(server, 300);
  await isState(client, "open");
  client.breakConnection();
  await vi.waitFor(() => expect(client.states).toContain("lost"));
  for (let i = 1; i <= 100; i += 1) studios.post(step(i));
  const { event } = await client.message(({ event }) => event.type === "warning");
  expect(event).toMatchObject({ issue: { code: "server.missed" } });
  await vi.waitFor(() => expect(iterations(client.messages).at(-1)).toBe(100));
  const got = iterations(client.messages).length;
  expect(got).toBeGreaterThan(3);
  expect(event).toMatchObject({
    issue: { message: expect.stringContaining(`${100 - got} messages`) },
  });
});

test("a page that stays away too long finds its runs failed, and a new session", async () => {
  const studios = stubStudios();
  const tuning = { idleMs: 20 };
  const server = await startTestServer({ createStudio: studios.createStudio, tuning });
  const client = startClient(server, 300);
  client.send(run);
  await vi.waitFor(() => expect(studios.received).toHaveLength(1));
  // The acknowledgement of the run goes before what is said in a later turn.
  await new Promise((resolve) => setTimeout(resolve, 1));
  studios.post(step(1));
  await client.event(1, "step");
  client.breakConnection();
  await vi.waitFor(() => expect(studios.closed).toBe(1));
  expect(await client.event(1, "failed")).toMatchObject({
    issues: [{ code: "server.session-lost" }],
  });
  await isState(client, "open");
  client.send({ ...run, run: 2 });
  await vi.waitFor(() => expect(studios.received.at(-1)).toMatchObject({ run: 2 }));
});

test("a server that was started anew is not the one that the page knows", async () => {
  const studios = stubStudios();
  const first = await startTestServer();
  await first.close();
  const client = startClient(first);
  client.send(run);
  await vi.waitFor(() => expect(client.states).toContain("lost"));
  const server = await startTestServer({ createStudio: studios.createStudio, port: first.port });
  // The new server has a token of its own, as servers have; the page is told.
  await isState(client, "refused");
  expect(studios.received).toEqual([]);
  expect(server.lines).toContain("refused a connection: the token is wrong or missing");
});

test("a server that was started anew with the same token is known, and what the page had there is told as lost", async () => {
  const token = "a-token-that-both-servers-are-given-0123456789";
  const first = await startTestServer({ createStudio: stubStudios().createStudio, token });
  const client = startClient(first);
  client.send(run);
  await isState(client, "open");
  await first.close();
  await vi.waitFor(() => expect(client.states).toContain("lost"));
  const studios = stubStudios();
  await startTestServer({ createStudio: studios.createStudio, token, port: first.port });
  await isState(client, "open");
  // Of the run, or of the page where the first server went before it said that it had the run.
  await client.message(({ event }) => losesRuns(event));
  client.send({ ...run, run: 2 });
  await vi.waitFor(() => expect(studios.received.at(-1)).toMatchObject({ run: 2 }));
});

test("a page that is closed ends its session at once", async () => {
  const studios = stubStudios();
  const client = startClient(await startTestServer({ createStudio: studios.createStudio }));
  await isState(client, "open");
  client.close();
  await vi.waitFor(() => expect(studios.closed).toBe(1));
});

test("a server that falls silent is taken for lost", async () => {
  const studios = stubStudios();
  const server = await startTestServer({ createStudio: studios.createStudio });
  const client = startClient(server, 10, 80);
  await vi.waitFor(() => expect(client.states.slice(0, 3)).toEqual(["open", "lost", "open"]));
  expect(studios.closed).toBe(0);
});
