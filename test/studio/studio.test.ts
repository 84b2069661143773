import { afterEach, describe, expect, test } from "vitest";
import {
  example,
  frameOf,
  runOf,
  startStudio,
  withNumber,
  type Kit,
  type KitOptions,
} from "./kit.ts";

const wire = "reverse/guided.x";
const steps = 10;
const frameBytes = 4 * 2 * 4;

let kits: Kit[] = [];
afterEach(() => {
  for (const kit of kits) kit.close();
  kits = [];
});
function start(options: KitOptions = {}): Kit {
  const kit = startStudio(options);
  kits.push(kit);
  return kit;
}

/** All frames of a run that is let alone, and its result. */
async function plainRun() {
  const kit = start();
  kit.send(runOf(1));
  await kit.until(1, "done");
  const frames = [];
  for (let k = 0; k < steps; k += 1) frames.push(await frameOf(kit, 1, wire, [k]));
  return { frames, x0: await frameOf(kit, 1, "=x0") };
}

const positions = (kit: Kit, run = 1) =>
  kit.eventsOf(run).flatMap((event) => (event.type === "step" ? [event.iteration] : []));

describe("a run in the studio", () => {
  test("tells every step and frame once, without tensors that nobody asked for", async () => {
    const kit = start();
    kit.send(runOf(1));
    const { outputs } = await kit.until(1, "done");
    expect(positions(kit)).toEqual(Array.from({ length: steps }, (_, i) => i));
    const made = kit.eventsOf(1).flatMap((e) => (e.type === "frame-made" ? [e.wire] : []));
    expect(made.filter((each) => each === wire)).toHaveLength(steps);
    expect(kit.eventsOf(1).filter(({ type }) => type === "frame")).toEqual([]);
    expect(outputs["x0"]).toMatchObject({
      kind: "tensor",
      summary: { shape: [4, 2], notFinite: 0 },
    });
  });

  test("tells outputs that were made before the zone before its first step, and the levels and keyframes of it", async () => {
    const kit = start();
    kit.send(runOf(1));
    await kit.until(1, "done");
    const events = kit.eventsOf(1);
    const firstStep = events.findIndex(({ type }) => type === "step");
    const given = events
      .slice(0, firstStep)
      .flatMap((e) => (e.type === "frame-made" ? [`${e.wire} ${e.iteration.join()}`] : []));
    expect(given.slice(0, 3)).toEqual(["=exact ", "=mean ", "=measurement "]);
    expect(await frameOf(kit, 1, "=measurement")).toHaveLength(4);
    const sigmas = events.flatMap((e) => (e.type === "step" ? [e.sigma ?? Number.NaN] : []));
    expect(sigmas).toHaveLength(steps);
    expect(sigmas[0]).toBeCloseTo(1, 3);
    expect(sigmas).toEqual(sigmas.toSorted((a, b) => b - a));
    const keyframes = events.findLast((e) => e.type === "keyframes");
    expect(keyframes?.iterations.at(0)).toBe(1);
  });

  test("computes again what its memory had no room for, to the same bits", async () => {
    const plain = await plainRun();
    // Room for three frames, and for hardly a checkpoint.
    const kit = start({ keptBytes: (3 * frameBytes) / 0.75 });
    kit.send(runOf(1));
    await kit.until(1, "done");
    for (let k = steps - 1; k >= 0; k -= 1)
      expect(await frameOf(kit, 1, wire, [k])).toEqual(plain.frames[k]);
    expect(kit.engines[0]?.jobs()).toBeGreaterThan(4);
  });

  test("looks into any wire of a step while it stands still, then goes on to the same end", async () => {
    const plain = await plainRun();
    const kit = start();
    kit.send(runOf(1, { options: { ...runOf(1).options, paused: true } }));
    await kit.until(1, "paused");
    for (let k = 1; k <= 3; k += 1) {
      kit.send({ type: "step", run: 1 });
      await kit.until(1, "paused", ({ iteration }) => iteration === k);
    }
    expect(positions(kit)).toEqual([0, 1, 2]);
    const wires = [wire, "reverse/denoise.x0", "reverse/size.norm"];
    const ticket = kit.ask(1, { type: "inspect", zone: "reverse", iteration: [1], wires });
    await kit.until(1, "inspected", (event) => event.ticket === ticket);
    const seen = kit
      .eventsOf(1)
      .flatMap((e) => (e.type === "frame" && e.ticket === ticket ? [e] : []));
    expect(seen.map((each) => each.wire).toSorted()).toEqual(wires.toSorted());
    const again = seen.find((each) => each.wire === wire);
    expect(Array.from(again?.tensor.data ?? [], Number)).toEqual(plain.frames[1]);
    kit.send({ type: "resume", run: 1 });
    await kit.until(1, "done");
    expect(positions(kit)).toEqual(Array.from({ length: steps }, (_, i) => i));
    expect(await frameOf(kit, 1, "=x0")).toEqual(plain.x0);
  });

  test("stands still at a breakpoint's very step, and resumes to the same end", async () => {
    const plain = await plainRun();
    const kit = start();
    const breakpoint = { id: "b", wire, zone: null, condition: "iteration == 4 && norm > 0" };
    kit.send(runOf(1, { options: { ...runOf(1).options, breakpoints: [breakpoint] } }));
    const paused = await kit.until(1, "paused");
    expect(paused).toMatchObject({
      zone: "reverse",
      iteration: 5,
      why: { kind: "breakpoint", id: "b", iteration: [4] },
    });
    expect(positions(kit).at(-1)).toBe(4);
    kit.send({ type: "resume", run: 1 });
    await kit.until(1, "done");
    expect(await frameOf(kit, 1, "=x0")).toEqual(plain.x0);
  });

  test("says of a condition that it cannot read which name it does not know", async () => {
    const kit = start();
    const breakpoint = { id: "b", wire, zone: null, condition: "size > 3" };
    kit.send(runOf(1, { options: { ...runOf(1).options, breakpoints: [breakpoint] } }));
    await kit.until(1, "done");
    const warning = await kit.until(1, "warning");
    expect(warning.issue).toMatchObject({ code: "breakpoint.name" });
    expect(warning.issue.message).toContain("size");
  });

  test("forks at a step with another number: the same until there, another end", async () => {
    const plain = await plainRun();
    const kit = start();
    kit.send(runOf(1));
    await kit.until(1, "done");
    const from = { run: 1, zone: "reverse", iteration: 6 };
    kit.send(runOf(2, { from }));
    await kit.until(2, "done");
    expect(positions(kit, 2)[0]).toBe(6);
    expect(await frameOf(kit, 2, "=x0")).toEqual(plain.x0);
    const document = withNumber(example(), ["inputs", "guidanceScale", "default"], 0.05);
    kit.send(runOf(3, { document, from }));
    await kit.until(3, "done");
    expect(await frameOf(kit, 3, "=x0")).not.toEqual(plain.x0);
  });

  test("refuses to fork into another graph", async () => {
    const kit = start();
    kit.send(runOf(1));
    await kit.until(1, "done");
    const document = { ...example(), outputs: { x: "reverse.x" } };
    kit.send(runOf(2, { document, from: { run: 1, zone: "reverse", iteration: 6 } }));
    await expect(kit.until(2, "done")).rejects.toThrow("fork.structure");
  });
});

describe("the studio", () => {
  test("cancels at once, keeps what was made, and runs the next", async () => {
    const kit = start();
    kit.send(runOf(1, { document: example(900) }));
    await kit.until(1, "step", ({ iteration }) => iteration === 2);
    kit.send({ type: "cancel", run: 1 });
    expect(kit.eventsOf(1).at(-1)).toMatchObject({
      type: "failed",
      issues: [{ code: "run.cancelled" }],
    });
    const known = kit.eventsOf(1).length;
    kit.send(runOf(2));
    await kit.until(2, "done");
    const ticket = kit.ask(1, { type: "frame", wire, iteration: [1] });
    expect(kit.eventsOf(1).at(-1)).toMatchObject({ type: "frame", ticket });
    expect(kit.eventsOf(1)).toHaveLength(known + 1);
  });

  test("goes on after the engine died, from where the run had come, to the same end", async () => {
    const plain = await plainRun();
    const kit = start();
    kit.send(runOf(1));
    await kit.until(1, "step", ({ iteration }) => iteration === 3);
    kit.engines.at(-1)?.crash();
    expect(await kit.until(1, "paused")).toMatchObject({ why: { kind: "crashed" } });
    expect(await kit.until(1, "warning")).toMatchObject({ issue: { code: "engine.ended" } });
    kit.send({ type: "resume", run: 1 });
    await kit.until(1, "done");
    expect(kit.engines).toHaveLength(2);
    expect(await frameOf(kit, 1, "=x0")).toEqual(plain.x0);
  });

  test("answers what is no request in words, and goes on serving", async () => {
    const kit = start();
    kit.send({ type: "run", run: 1 });
    kit.send({ type: "dance", run: 2 });
    kit.send({ type: "frame", run: 9, ticket: 5, wire, iteration: [] });
    kit.send(null);
    expect(kit.messages).toMatchObject([
      { run: 1, event: { type: "failed", issues: [{ code: "protocol.invalid" }] } },
      { run: 2, event: { type: "failed", issues: [{ code: "protocol.invalid" }] } },
      { run: 9, event: { type: "refused", ticket: 5, issues: [{ code: "frame.no-run" }] } },
      { run: null, event: { type: "warning", issue: { code: "protocol.invalid" } } },
    ]);
    kit.send(runOf(3));
    await kit.until(3, "done");
  });

  test("names every file that is missing, where the graph names it", async () => {
    const kit = start();
    const params = { model: "nowhere" };
    const prior = { kind: "prior", default: { type: "prior/onnx", v: 1, params } } as const;
    const document = { ...example(), inputs: { ...example().inputs, prior } };
    kit.send(runOf(1, { document }));
    await expect(kit.until(1, "done")).rejects.toThrow(/asset\.missing.*nowhere/);
  });
});
