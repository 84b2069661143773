import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { Issue } from "../base/issue.ts";
import { createRegistry, defineNode } from "../graph/define-node.ts";
import { startNodePoolWorker } from "../execute/noise/pool-worker-node.ts";
import { createNodeBackend } from "../execute/ort-node.ts";
import { port } from "../graph/ports.ts";
import { float32 } from "../tensor/tensor.ts";
import { add } from "../trace/math.ts";
import { createEngine, type EngineHost } from "./engine.ts";
import { engineMessage, type EngineMessage } from "./events.ts";
import type { RunRequest } from "./requests.ts";

const double = defineNode({
  type: "test/double",
  v: 1,
  title: "Double",
  summary: "Twice the tensor.",
  formula: "2x",
  source: "Denoodle",
  params: z.strictObject({}),
  scalars: z.strictObject({}),
  inputs: { x: port.tensor() },
  outputs: { x: port.tensor() },
  build: ({ inputs: { x }, ctx }) => ({ x: add(ctx, x, x) }),
});

/** Doubles an image `count` times. */
function request(run: number, count: number): RunRequest {
  const body = { twice: { type: "test/double", v: 1, in: { x: "@x" } } };
  const states = { x: { init: "@image", next: "twice.x" } };
  return {
    type: "run",
    run,
    compile: {
      document: {
        denoodle: 1,
        name: "doubling",
        inputs: { image: { kind: "signal" } },
        graph: { loop: { type: "zone/repeat", v: 1, params: { count }, states, body } },
        outputs: { x: "loop.x" },
        blocks: {},
      },
      feeds: { image: { kind: "tensor", data: float32([1, 2, 3, 4], [1, 1, 2, 2]) } },
      batch: 1,
      assets: { tensors: new Map(), models: new Map() },
    },
    options: { backend: "cpu", threads: 1, seed: 0 },
  };
}

interface Faults {
  /** What makes the workers' starter; it may throw. */
  readonly startPoolWorker?: () => EngineHost["startPoolWorker"];
  readonly refused?: (message: EngineMessage) => boolean;
}

function startEngine({ startPoolWorker = () => startNodePoolWorker, refused }: Faults = {}) {
  const messages: EngineMessage[] = [];
  const logged: Issue[] = [];
  let wake = (): void => {};
  const engine = createEngine({
    registry: createRegistry([double]),
    // As over a channel: nothing but what structured clone carries, checked again.
    post(message) {
      if (refused?.(message) === true) throw new Error("the channel is full");
      messages.push(engineMessage.parse(structuredClone(message)));
      wake();
    },
    createBackend: createNodeBackend,
    get startPoolWorker() {
      return startPoolWorker();
    },
    clock: () => 0,
    log: (issue) => void logged.push(issue),
  });
  const until = async (run: number, type: string): Promise<EngineMessage["event"]> => {
    for (;;) {
      const found = messages.find((each) => each.run === run && each.event.type === type);
      if (found !== undefined) return found.event;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  return {
    messages,
    logged,
    until,
    send: (message: unknown) => engine.receive(structuredClone(message)),
  };
}

describe(createEngine.name, () => {
  test("runs requests in turn and answers each under its number", async () => {
    const { send, until, messages } = startEngine();
    send(request(1, 3));
    send(request(2, 1));
    const last = await until(2, "done");
    const first = await until(1, "done");
    expect(first).toMatchObject({ outputs: { x: { data: Float32Array.of(8, 16, 24, 32) } } });
    expect(last).toMatchObject({ outputs: { x: { data: Float32Array.of(2, 4, 6, 8) } } });
    const order = messages.map(({ run }) => run);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  });

  test("pauses, makes one step, and cancels", async () => {
    const { send, until, messages } = startEngine();
    send(request(1, 50));
    send({ type: "pause", run: 1 });
    send({ type: "step", run: 1 });
    await until(1, "step");
    send({ type: "cancel", run: 1 });
    const failure = await until(1, "failed");
    expect(failure).toMatchObject({ issues: [{ code: "run.cancelled" }] });
    expect(messages.filter(({ event }) => event.type === "done")).toEqual([]);
  });

  test("refuses what cannot be compiled, and goes on serving", async () => {
    const { send, until } = startEngine();
    const wide = request(1, 1);
    send({ ...wide, compile: { ...wide.compile, batch: 10 ** 9 } });
    expect(await until(1, "failed")).toMatchObject({ issues: [{ code: "tensor.huge" }] });
    const { feeds: _, ...rest } = wide.compile;
    send({ ...wide, run: 2, compile: { ...rest, feeds: {} } });
    expect(await until(2, "failed")).toMatchObject({ issues: [{ code: "slot.missing" }] });
    send(request(3, 1));
    expect(await until(3, "done")).toBeDefined();
  });

  test("answers what is no request in words, and goes on serving", async () => {
    const { send, until, logged } = startEngine();
    send({ type: "run", run: 1 });
    expect(await until(1, "failed")).toMatchObject({
      issues: [{ code: "protocol.invalid", message: expect.stringContaining("field compile") }],
    });
    send({ type: "format-disk", run: 2 });
    expect(await until(2, "failed")).toMatchObject({ issues: [{ at: { path: ["type"] } }] });
    const broken = request(3, 1);
    const data = { dtype: "float32", shape: [9, 9], data: new Float32Array(3) };
    const feeds = { image: { kind: "tensor", data } };
    send({ ...broken, compile: { ...broken.compile, feeds } });
    expect(await until(3, "failed")).toMatchObject({
      issues: [{ at: { path: ["compile", "feeds", "image", "data"] } }],
    });
    for (const message of [null, 7, {}, { type: "run", run: -1 }]) send(message);
    expect(logged.map(({ code }) => code)).toEqual(Array(4).fill("protocol.invalid"));
    send(request(4, 1));
    expect(await until(4, "done")).toBeDefined();
  });

  test("warns of a bad message about a run that goes on, and of a number in use", async () => {
    const { send, until, messages } = startEngine();
    send(request(1, 3));
    send({ type: "probes", run: 1, wires: 5 });
    send(request(1, 3));
    await until(1, "done");
    const warnings = messages.filter(({ event }) => event.type === "warning");
    expect(warnings.map(({ event }) => event)).toMatchObject([
      { issue: { code: "protocol.invalid", at: { path: ["wires"] } } },
      { issue: { code: "protocol.invalid", at: { path: ["run"] } } },
    ]);
    expect(messages.filter(({ event }) => event.type === "failed")).toEqual([]);
  });

  test("serves on after noise that could not be started, and after events that could not be sent", async () => {
    let starts = 0;
    const { send, until, logged } = startEngine({
      startPoolWorker() {
        starts += 1;
        if (starts === 1) throw new Error("no more threads");
        return startNodePoolWorker;
      },
      refused: ({ run }) => run === 2,
    });
    send(request(1, 1));
    expect(await until(1, "failed")).toMatchObject({
      issues: [{ code: "internal", message: expect.stringContaining("no more threads") }],
    });
    send(request(2, 1));
    send(request(3, 1));
    expect(await until(3, "done")).toBeDefined();
    expect(logged.map(({ message }) => message).join()).toContain("the channel is full");
    send(request(1, 1));
    expect(await until(1, "done")).toBeDefined();
  });
});
