import { describe, expect, test } from "vitest";
import { compile } from "../../runtime/compile/compile.ts";
import { createNodeBackend } from "../../runtime/execute/ort-node.ts";
import { philoxNoise } from "../../runtime/execute/noise/philox-noise.ts";
import { run } from "../../runtime/execute/run.ts";
import type { Document } from "../../runtime/graph/document.ts";
import { registry } from "../../nodes/index.ts";
import { float32 } from "../../runtime/tensor/tensor.ts";

const assets = { tensors: new Map(), models: new Map() };
const doc = (graph: object, outputs: Record<string, string>): Document =>
  ({
    denoodle: 1,
    name: "t",
    inputs: { x: { kind: "signal" } },
    graph,
    outputs,
    blocks: {},
  }) as unknown as Document;

async function outputsOf(document: Document) {
  const compiled = compile({
    document,
    feeds: { x: { kind: "tensor", data: float32([1, 2, 3, 4], [1, 1, 2, 2]) } },
    batch: 1,
    registry,
    assets,
  });
  const { backend } = await createNodeBackend("cpu");
  const events = [];
  for await (const event of run(compiled, {
    backend,
    noise: philoxNoise(1),
    seed: 1,
    clock: () => performance.now(),
  }))
    events.push(event);
  const done = events.at(-1);
  if (done?.type !== "done") throw new Error("no done event");
  return { done, events };
}

describe("run", () => {
  test("a repeat zone applies its body count times, unrolled or not", async () => {
    for (const count of [0, 1, 7, 25]) {
      const { done } = await outputsOf(
        doc(
          {
            outer: {
              type: "zone/repeat",
              v: 1,
              params: { count },
              states: { u: { init: "@x", next: "a.x" } },
              body: {
                a: {
                  type: "math/expression",
                  v: 1,
                  params: { expression: "u + k" },
                  in: { u: "@u", k: "@k" },
                },
              },
            },
            wrap: {
              type: "zone/repeat",
              v: 1,
              params: { count: 2 },
              states: { w: { init: "@x", next: "inner.u" } },
              body: {
                inner: {
                  type: "zone/repeat",
                  v: 1,
                  params: { count },
                  states: { u: { init: "@w", next: "a.x" } },
                  body: {
                    a: {
                      type: "math/expression",
                      v: 1,
                      params: { expression: "u + k" },
                      in: { u: "@u", k: "@k" },
                    },
                  },
                },
              },
            },
          },
          { u: "outer.u", w: "wrap.w" },
        ),
      );
      const sum = (count * (count - 1)) / 2;
      expect([...(done.outputs["u"] as { data: Float32Array }).data]).toEqual(
        [1, 2, 3, 4].map((v) => v + sum),
      );
      expect([...(done.outputs["w"] as { data: Float32Array }).data]).toEqual(
        [1, 2, 3, 4].map((v) => v + 2 * sum),
      );
    }
  });

  test("an if zone runs the taken branch only", async () => {
    const { done } = await outputsOf(
      doc(
        {
          loop: {
            type: "zone/repeat",
            v: 1,
            params: { count: 5 },
            states: { u: { init: "@x", next: "choose.x" } },
            body: {
              cond: {
                type: "math/expression",
                v: 1,
                params: { expression: "k < 2" },
                in: { k: "@k" },
              },
              choose: {
                type: "zone/if",
                v: 1,
                in: { condition: "cond.x" },
                then: {
                  body: { a: { type: "math/scale", v: 1, params: { factor: 2 }, in: { x: "@u" } } },
                  outputs: { x: "a.x" },
                },
                else: {
                  body: {
                    b: {
                      type: "math/expression",
                      v: 1,
                      params: { expression: "u + 1" },
                      in: { u: "@u" },
                    },
                  },
                  outputs: { x: "b.x" },
                },
              },
            },
          },
        },
        { u: "loop.u" },
      ),
    );
    expect([...(done.outputs["u"] as { data: Float32Array }).data]).toEqual([7, 11, 15, 19]);
  });

  test("the gradient of a norm with respect to an upstream wire", async () => {
    const { done } = await outputsOf(
      doc(
        {
          y: { type: "math/scale", v: 1, params: { factor: 3 }, in: { x: "@x" } },
          n: { type: "math/norm", v: 1, in: { x: "y.x" } },
          g: { type: "gradient/of", v: 1, in: { of: "n.norm", wrt: "@x" } },
        },
        { g: "g.gradient", n: "n.norm" },
      ),
    );
    const r = Math.sqrt(30);
    [...(done.outputs["g"] as { data: Float32Array }).data].forEach((v, i) =>
      expect(v).toBeCloseTo((3 * (i + 1)) / r, 5),
    );
  });
});
