import { afterEach, describe, expect, test } from "vitest";
import type { Document } from "../../runtime/graph/document.ts";
import type { StudioRun } from "../../runtime/protocol/studio/requests.ts";
import { float32 } from "../../runtime/tensor/tensor.ts";
import { example, frameOf, runOf, startStudio, withNumber, type Kit } from "./kit.ts";
import { twoZones } from "./two-zones.ts";

const wire = "reverse/guided.x";

let kits: Kit[] = [];
afterEach(() => {
  for (const kit of kits) kit.close();
  kits = [];
});
function start(): Kit {
  const kit = startStudio();
  kits.push(kit);
  return kit;
}

/** The opening example with a number after its zone. */
function measured(power: number): Document {
  const document = example();
  const far = {
    type: "math/expression",
    v: 1,
    params: { expression: `x^${power}` },
    in: { x: "reverse.x" },
  } as const;
  return {
    ...document,
    graph: { ...document.graph, far },
    outputs: { ...document.outputs, far: "far.x" },
  };
}

const stepsOf = (kit: Kit, run: number) =>
  kit.eventsOf(run).filter(({ type }) => type === "step").length;
const keptIn = (kit: Kit, run: number) =>
  kit.eventsOf(run).flatMap((event) => (event.type === "kept" ? [event.zone] : []));
const evaluations = (kit: Kit) => kit.engines[0]?.evaluations() ?? 0;

describe("a run after one that differs only behind its zone", () => {
  test("takes the zone as it ended: no step, no network, the same bits, and all its frames", async () => {
    const kit = start();
    kit.send(runOf(1, { document: measured(2) }));
    const { nfe } = await kit.until(1, "done");
    expect(nfe).toBe(10);
    const before = evaluations(kit);
    const frame = await frameOf(kit, 1, wire, [3]);
    const x0 = await frameOf(kit, 1, "=x0");
    kit.send(runOf(2, { document: measured(3), after: 1 }));
    // What is kept outlives the run that it is kept from.
    kit.send({ type: "forget", run: 1 });
    expect(await kit.until(2, "done")).toMatchObject({ nfe: 0, vjpCalls: 0 });
    expect([keptIn(kit, 2), stepsOf(kit, 2)]).toEqual([["reverse"], 0]);
    expect(evaluations(kit) - before).toBeLessThan(before / 2);
    expect(await frameOf(kit, 2, "=x0")).toEqual(x0);
    expect(await frameOf(kit, 2, "=far")).toEqual(
      x0.map((x) => Math.fround(x ** 3)).map((x) => expect.closeTo(x, 4)),
    );
    expect(await frameOf(kit, 2, wire, [3])).toEqual(frame);
    const ticket = kit.ask(2, {
      type: "inspect",
      zone: "reverse",
      iteration: [3],
      wires: ["reverse/denoise.x0"],
    });
    await kit.until(2, "inspected", (event) => event.ticket === ticket);
  });

  test("and one after that keeps it too; one that goes on from the middle of the zone runs it", async () => {
    const kit = start();
    for (const [run, power] of [
      [1, 2],
      [2, 3],
      [3, 4],
    ] as const) {
      kit.send(runOf(run, { document: measured(power), ...(run > 1 && { after: run - 1 }) }));
      await kit.until(run, "done");
      if (run > 1) kit.send({ type: "forget", run: run - 1 });
    }
    expect(keptIn(kit, 3)).toEqual(["reverse"]);
    expect(await frameOf(kit, 3, wire, [2])).toHaveLength(8);
    const document = withNumber(measured(4), ["inputs", "guidanceScale", "default"], 0.05);
    kit.send(runOf(4, { document, from: { run: 3, zone: "reverse", iteration: 6 } }));
    await kit.until(4, "done");
    expect(kit.eventsOf(4).find(({ type }) => type === "step")).toMatchObject({ iteration: 6 });
  });

  test("keeps it of a run that failed after it", async () => {
    const kit = start();
    kit.send(
      runOf(1, {
        document: {
          ...measured(2),
          graph: {
            ...measured(2).graph,
            far: {
              type: "math/expression",
              v: 1,
              params: { expression: "0/(x-x)" },
              in: { x: "reverse.x" },
            },
          },
        },
      }),
    );
    await kit.until(1, "done");
    kit.send(runOf(2, { document: measured(3), after: 1 }));
    await kit.until(2, "done");
    expect(keptIn(kit, 2)).toEqual(["reverse"]);
  });
});

describe("a zone is run again", () => {
  const plain = runOf(2, { document: measured(3), after: 1 });
  const options = (more: Partial<StudioRun["options"]>) => ({
    ...plain,
    options: { ...plain.options, ...more },
  });
  test.each<readonly [string, StudioRun]>([
    ["with another seed", options({ seed: 1 })],
    ["with other samples", { ...plain, batch: 3 }],
    ["on other threads", options({ threads: 2 })],
    ["where another wire in it is probed", options({ probes: [wire, "reverse/denoise.x0"] })],
    [
      "where a breakpoint is to hold in it",
      options({ breakpoints: [{ id: "b", wire: null, zone: null, condition: "0" }] }),
    ],
    [
      "with another number in it",
      { ...plain, document: withNumber(measured(3), ["inputs", "guidanceScale", "default"], 0.1) },
    ],
    ["after no run", runOf(2, { document: measured(3) })],
    ["after a run that is not kept any more", { ...plain, after: 7 }],
  ])("%s", async (_, second) => {
    const kit = start();
    kit.send(runOf(1, { document: measured(2) }));
    await kit.until(1, "done");
    kit.send(second);
    await kit.until(2, "done");
    expect([keptIn(kit, 2), stepsOf(kit, 2)]).toEqual([[], 10]);
  });

  test("step by step, where that is asked for", async () => {
    const kit = start();
    kit.send(runOf(1, { document: measured(2) }));
    await kit.until(1, "done");
    kit.send(options({ paused: true }));
    await kit.until(2, "paused");
    expect(keptIn(kit, 2)).toEqual([]);
  });
});

const edits: readonly (readonly [string, Parameters<typeof twoZones>[0], readonly string[]])[] = [
  ["the end", ({ end }) => void (end!.params = { expression: "3*x" }), ["first", "second"]],
  ["a node between", ({ mixed }) => void (mixed!.params = { expression: "u - n" }), ["first"]],
  ["the noise between", ({ between }) => void (between!.params = { stream: "other" }), ["first"]],
  ["the second count", ({ second }) => void (second!.params = { count: 5 }), ["first"]],
  ["the noise before", ({ before }) => void (before!.params = { stream: "other" }), []],
  ["the first count", ({ first }) => void (first!.params = { count: 5 }), []],
  ["a list", ({ first }) => void (first!.scans = { s: "size.norm", t: "size.norm" }), []],
  ["a zone inside", ({ first }) => void (first!.body["inner"]!.params = { count: 4 }), []],
];

describe("of two zones", () => {
  const feeds = { x: { kind: "tensor" as const, data: float32([1, 2, 3, 4], [1, 1, 2, 2]) } };
  const asked = (run: number, document: Document, after?: number): StudioRun => ({
    ...runOf(run, { document, feeds, batch: null, ...(after !== undefined && { after }) }),
    options: { ...runOf(run).options, probes: [] },
  });
  test.each(edits)("a change of %s ends as a run of everything does", async (_, change, kept) => {
    const kit = start();
    kit.send(asked(1, twoZones()));
    await kit.until(1, "done");
    kit.send(asked(2, twoZones(change), 1));
    await kit.until(2, "done");
    kit.send(asked(3, twoZones(change)));
    await kit.until(3, "done");
    for (const output of ["=end", "=first"])
      expect(await frameOf(kit, 2, output)).toEqual(await frameOf(kit, 3, output));
    expect(keptIn(kit, 2)).toEqual(kept);
    const steps = { first: 6, second: 4 } as Readonly<Record<string, number>>;
    const left = kept.reduce((sum, zone) => sum + (steps[zone] ?? 0), 0);
    expect(stepsOf(kit, 2)).toBe(stepsOf(kit, 3) - left);
  });
});
