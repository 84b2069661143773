import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { createRunControl } from "../../runtime/execute/control.ts";
import type { RunEvent } from "../../runtime/execute/events.ts";
import { run } from "../../runtime/execute/run.ts";
import type { ModelAsset } from "../../runtime/graph/define-node.ts";
import { writeModel } from "../../runtime/onnx/write-model.ts";
import { constantLike, mul } from "../../runtime/trace/math.ts";
import { createRecorder } from "../../runtime/trace/recorder.ts";
import { compiled, doneOf, eventsOf, expression, numbers, optionsOf, type Sketch } from "./kit.ts";

/** x₀ = x/2, in a session of its own. */
function half(): ModelAsset {
  const emit = createRecorder();
  const x = emit.input({ dtype: "float32", shape: [1, 1, 2, 2] });
  const program = emit.finish([mul(emit, x, constantLike(emit, x, [0.5], []))]);
  const bytes = writeModel(program, { inputNames: ["x"], outputNames: ["x0"] });
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { name: "half", bytes, sha256, card: null };
}

const network = {
  prior: {
    type: "prior/onnx",
    v: 1,
    params: { model: "half", predicts: "x0", process: "ve", conditioning: "none" },
  },
  level: { type: "schedule/level", v: 1, params: { sigma: 2 } },
  d: {
    type: "prior/denoise",
    v: 1,
    in: { prior: "prior.prior", x: "@x", level: "level.level" },
  },
};

/** A zone of three iterations, in which `dead` reads what the network says of the input; nothing reads `dead`. */
const deadInside = (body: (dead: object) => object): Sketch => ({
  graph: {
    ...network,
    z: {
      type: "zone/repeat",
      v: 1,
      params: { count: 3 },
      states: { u: { init: "@x", next: "a.x" } },
      body: {
        a: expression("u + 1", { u: "@u" }),
        ...body({ dead: expression("u + d", { u: "@u", d: "d.x0" }) }),
      },
    },
  },
  outputs: { u: "z.u" },
  models: { half: half() },
});

const sketches: Readonly<Record<string, readonly [Sketch, string]>> = {
  "the body of a zone": [deadInside((dead) => dead), "z/dead.x"],
  "a zone inside of it": [
    deadInside((dead) => ({
      live: {
        type: "zone/repeat",
        v: 1,
        params: { count: 2 },
        states: { w: { init: "@u", next: "b.x" } },
        body: { b: expression("w", { w: "@w" }), ...dead },
      },
      a: expression("w + 1", { w: "live.w" }),
    })),
    "z/live/dead.x",
  ],
  "a zone that is dead itself": [
    deadInside((dead) => ({
      lost: {
        type: "zone/repeat",
        v: 1,
        params: { count: 2 },
        states: { w: { init: "@u", next: "b.x" } },
        body: { b: expression("w", { w: "@w" }), ...dead },
      },
    })),
    "z/lost/dead.x",
  ],
  "a branch": [
    deadInside((dead) => ({
      c: expression("k < 5", { k: "@k" }),
      choose: {
        type: "zone/if",
        v: 1,
        in: { condition: "c.x" },
        then: {
          body: { b: expression("u + 1", { u: "@u" }), ...dead },
          outputs: { x: "b.x" },
        },
        else: { body: { b: expression("u", { u: "@u" }) }, outputs: { x: "b.x" } },
      },
      a: expression("v", { v: "choose.x" }),
    })),
    "z/choose/then/dead.x",
  ],
};

const probed = (events: readonly RunEvent[]) =>
  events.flatMap((event) => (event.type === "probe" ? [[event.wire, event.iteration]] : []));

describe("a network that only a dead node reads", () => {
  for (const [where, [sketch, wire]] of Object.entries(sketches)) {
    test(`from ${where} is not evaluated, unless the node is probed`, async () => {
      const graph = compiled(sketch);
      const plain = doneOf(await eventsOf(graph));
      expect(numbers(plain, "u")).toEqual([4, 5, 6, 7]);
      expect(plain.nfe).toBe(0);
      const watched = await eventsOf(graph, { control: createRunControl([wire]) });
      expect(doneOf(watched).outputs).toEqual(plain.outputs);
      expect(doneOf(watched).nfe).toBe(1);
      expect(probed(watched).length).toBeGreaterThanOrEqual(3);
    });

    test(`from ${where} is not evaluated for a probe that comes too late, which is said`, async () => {
      const graph = compiled(sketch);
      const control = createRunControl();
      const events: RunEvent[] = [];
      control.step();
      for await (const event of run(graph, await optionsOf({ control }))) {
        events.push(event);
        if (event.type !== "step" || event.iteration > 0) continue;
        control.setProbes([wire, "z/a.x", wire]);
        control.resume();
      }
      expect(doneOf(events).nfe).toBe(0);
      expect(probed(events)).toEqual([
        ["z/a.x", [1]],
        ["z/a.x", [2]],
      ]);
      const warnings = events.flatMap((event) => (event.type === "warning" ? [event.issue] : []));
      expect(warnings).toMatchObject([
        { code: "probe.not-made", message: expect.stringContaining(wire) },
      ]);
    });
  }
});
