import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { readNpyFile } from "../../cli/files/arrays.ts";
import { readDocument } from "../../runtime/graph/read.ts";
import type { StudioMessage } from "../../runtime/protocol/studio/messages.ts";
import type { StudioRun } from "../../runtime/protocol/studio/requests.ts";
import { float32 } from "../../runtime/tensor/tensor.ts";
import { drift } from "../cli/support/graphs.ts";
import { enginePids } from "../support/engine-pids.ts";
import { newFolder } from "../support/new-folder.ts";
import { call } from "../cli/support/try-run.ts";
import { startClient, type Client } from "./support/client.ts";
import { startTestServer } from "./support/test-server.ts";

const image = float32(new Float32Array(48).fill(0.25), [1, 3, 4, 4]);

function runOf(run: number, file: unknown, more: Partial<StudioRun> = {}): StudioRun {
  const { document } = readDocument(file);
  if (document === null) throw new Error("the file is no graph");
  return {
    type: "run",
    run,
    document,
    feeds: { image: { kind: "tensor", data: image } },
    batch: null,
    files: new Map(),
    options: { backend: "cpu", threads: 1, seed: 3, probes: ["loop/mix.x"] },
    ...more,
  };
}

const ended = (client: Client, run: number) =>
  client.message(
    (each) => each.run === run && (each.event.type === "done" || each.event.type === "failed"),
  );

/** What a run told, without what depends on the clock. */
const told = (messages: readonly StudioMessage[], run: number): readonly object[] =>
  messages.flatMap(({ run: of, event }): readonly object[] => {
    if (of !== run || event.type === "loading" || event.type === "keyframes") return [];
    if (event.type === "step") return [{ ...event, ms: 0 }];
    if (event.type === "started") return [{ ...event, setUpMs: 0 }];
    if (event.type === "done") return [{ ...event, timings: {}, peakMemoryBytes: 0 }];
    return [event];
  });

describe("a run through the socket", () => {
  test("of a shipped sampler gives the command line's numbers, bit for bit", async () => {
    const folder = newFolder();
    const flags = "--seed 3 --backend cpu --threads 1 --out out".split(" ");
    const argv = ["run", "ddnm", "--task", "super-resolution-x4-28", ...flags] as const;
    const { exit } = await call(folder, ...argv);
    expect(exit).toBe(0);
    const client = startClient(await startTestServer());
    const sampler = new URL("../../graphs/samplers/ddnm.json", import.meta.url);
    const document: unknown = JSON.parse(readFileSync(sampler, "utf8"));
    const task = "super-resolution-x4-28";
    client.send(
      runOf(1, document, {
        task,
        feeds: {},
        options: { ...runOf(1, document).options, probes: [] },
      }),
    );
    expect((await ended(client, 1)).event).toMatchObject({ type: "done", nfe: 100 });
    client.send({ type: "frame", run: 1, ticket: 7, wire: "=x0", iteration: [] });
    const { tensor } = await client.event(1, "frame");
    expect(tensor.data).toEqual((await readNpyFile(join(folder, "out", "x0.npy"))).data);
  });

  test("loses nothing and repeats nothing, however often the connection breaks", async () => {
    const server = await startTestServer();
    const [calm, shaken] = [startClient(server), startClient(server)];
    calm.send(runOf(1, drift(800)));
    await ended(calm, 1);
    let sinceOpen = 0;
    shaken.onState(({ is }) => {
      if (is === "open") sinceOpen = 0;
    });
    shaken.listen(() => {
      sinceOpen += 1;
      if (sinceOpen === 50) shaken.breakConnection();
    });
    shaken.send(runOf(1, drift(800)));
    await ended(shaken, 1);
    expect(shaken.states.filter((is) => is === "lost").length).toBeGreaterThan(3);
    expect(told(shaken.messages, 1)).toEqual(told(calm.messages, 1));
    expect(told(calm.messages, 1).length).toBeGreaterThan(1600);
  });
});

/** The picture that a run ended with. */
async function restored(client: Client, run: number): Promise<unknown> {
  client.send({ type: "frame", run, ticket: run, wire: "=x0", iteration: [] });
  const { event } = await client.message(
    ({ event }) => event.type === "frame" && event.ticket === run,
  );
  return event.type === "frame" ? event.tensor.data : null;
}

describe("an engine that is killed in the middle of a run", () => {
  test("is told to its page, which may go on to the same bits; other pages go on meanwhile", async () => {
    const server = await startTestServer();
    const [unlucky, other] = [startClient(server), startClient(server)];
    const before = enginePids();
    const long = { options: { ...runOf(1, drift(1)).options, probes: [] } };
    unlucky.send(runOf(1, drift(4000), long));
    await unlucky.event(1, "step");
    const [engine] = enginePids().filter((pid) => !before.includes(pid));
    other.send(runOf(1, drift(5)));
    expect(await other.event(1, "warning")).toMatchObject({ issue: { code: "engine.waiting" } });
    process.kill(engine as number, "SIGKILL");
    expect(await unlucky.event(1, "warning")).toMatchObject({
      issue: { code: "engine.ended", message: expect.stringContaining("SIGKILL") },
    });
    expect(await unlucky.event(1, "paused")).toMatchObject({ why: { kind: "crashed" } });
    expect(server.lines.filter((line) => line.includes("SIGKILL"))).toHaveLength(1);
    expect((await ended(other, 1)).event.type).toBe("done");
    unlucky.send({ type: "resume", run: 1 });
    expect((await ended(unlucky, 1)).event.type).toBe("done");
    expect(enginePids()).not.toContain(engine);
    unlucky.send(runOf(2, drift(4000), long));
    expect((await ended(unlucky, 2)).event.type).toBe("done");
    expect(await restored(unlucky, 1)).toEqual(await restored(unlucky, 2));
  });
});

describe("two pages", () => {
  test("take turns: one computes while the other waits, or is held", async () => {
    const server = await startTestServer();
    const [first, second] = [startClient(server), startClient(server)];
    first.send(runOf(1, drift(1_000_000)));
    await first.event(1, "step");
    second.send(runOf(1, drift(5)));
    await second.event(1, "warning");
    expect(told(second.messages, 1)).toMatchObject([{ issue: { code: "engine.waiting" } }]);
    first.send({ type: "pause", run: 1 });
    expect((await ended(second, 1)).event.type).toBe("done");
    first.send({ type: "resume", run: 1 });
    const steps = () => first.messages.filter(({ event }) => event.type === "step").length;
    const held = steps();
    await vi.waitFor(() => expect(steps()).toBeGreaterThan(held + 3), { timeout: 10_000 });
    second.send(runOf(2, drift(5)));
    first.send({ type: "cancel", run: 1 });
    expect((await ended(second, 2)).event.type).toBe("done");
  });

  test("a run that waits can be cancelled, and one that goes on does not notice", async () => {
    const server = await startTestServer();
    const [first, second] = [startClient(server), startClient(server)];
    first.send(runOf(1, drift(1_000_000)));
    await first.event(1, "step");
    second.send(runOf(1, drift(5)));
    await second.event(1, "warning");
    second.send({ type: "cancel", run: 1 });
    expect((await ended(second, 1)).event).toMatchObject({ issues: [{ code: "run.cancelled" }] });
    const steps = first.messages.length;
    await vi.waitFor(() => expect(first.messages.length).toBeGreaterThan(steps));
  });
});

test("a server that ends leaves no process, nor its port", async () => {
  // Those of the tests before may still be on their way out.
  const gone = () => vi.waitFor(() => expect(enginePids()).toEqual([]), { timeout: 5000 });
  await gone();
  const server = await startTestServer();
  const client = startClient(server);
  client.send(runOf(1, drift(1_000_000)));
  await client.event(1, "step");
  expect(enginePids()).toHaveLength(1);
  await server.close();
  await gone();
  const again = await startTestServer({ port: server.port });
  expect(again.port).toBe(server.port);
});

test("a port that is taken is passed over, unless it was asked for", async () => {
  const { port } = await startTestServer();
  const next = await startTestServer({ port, exactPort: false });
  expect(next.port).toBeGreaterThan(port);
  await expect(startTestServer({ port, exactPort: true })).rejects.toThrow(`Port ${port} cannot`);
});
