import { describe, expect, test } from "vitest";
import type { Document } from "../../runtime/graph/document.ts";
import { float32 } from "../../runtime/tensor/tensor.ts";
import { compiled, doneOf, eventsOf, expression, issuesOf, numbers, tensorFeed } from "./kit.ts";

const inputs = { x: { kind: "signal" }, truth: { kind: "signal", optional: true } };
const psnr = { type: "metric/psnr", v: 1, in: { x: "half.x", groundTruth: "@truth" } };
const half = (x: string) => expression("x/2", { x });

describe("what was not given", () => {
  test("is left out of a zone's scans, and the zone runs", async () => {
    const graph = {
      loop: {
        type: "zone/repeat",
        v: 1,
        params: { count: 2 },
        states: { u: { init: "@x", next: "half.x" } },
        scans: { score: "psnr.psnr" },
        body: { half: half("@u"), psnr },
      },
    };
    const sketch = compiled({ graph, outputs: { u: "loop.u", score: "loop.score" }, inputs });
    expect(numbers(doneOf(await eventsOf(sketch)), "u")).toEqual([0.25, 0.5, 0.75, 1]);
    expect(sketch.leftOut.map(({ name }) => name)).toEqual(["score"]);
  });

  test("is left out of a branch's outputs and of a zone's states", async () => {
    const branch = {
      body: { half: half("@u"), psnr },
      outputs: { u: "half.x", score: "psnr.psnr" },
    };
    const graph = {
      loop: {
        type: "zone/repeat",
        v: 1,
        params: { count: 2 },
        states: { u: { init: "@x", next: "choose.u" }, t: { init: "@truth", next: "@t" } },
        body: {
          choose: {
            type: "zone/if",
            v: 1,
            in: { condition: "@isFirst" },
            then: branch,
            else: branch,
          },
        },
      },
    };
    const sketch = compiled({ graph, outputs: { u: "loop.u", t: "loop.t" }, inputs });
    expect(numbers(doneOf(await eventsOf(sketch)), "u")).toEqual([0.25, 0.5, 0.75, 1]);
    expect(sketch.leftOut.map(({ name }) => name)).toEqual(["t"]);
  });
});

describe("a count that is no whole number", () => {
  test("is refused where it is known when the graph is compiled", async () => {
    const graph = {
      loop: {
        type: "zone/repeat",
        v: 1,
        params: { count: "=8/3" },
        states: { u: { init: "@x", next: "step.x" } },
        body: { step: expression("u + n", { u: "@u", n: "@N" }) },
      },
    };
    expect(await issuesOf(() => compiled({ graph, outputs: { u: "loop.u" } }))).toMatchObject([
      { code: "zone.count", at: { node: "loop" }, got: String(8 / 3) },
    ]);
  });
});

describe("a batch", () => {
  test("is refused where one host number would stand for all its samples", async () => {
    const graph = {
      size: { type: "math/norm", v: 1, in: { x: "@x" } },
      level: { type: "schedule/level", v: 1, in: { sigma: "size.norm" } },
      noise: { type: "math/noise", v: 1, in: { like: "@x", level: "level.level" } },
    };
    const two = { x: tensorFeed(float32([1, 10], [2, 1, 1, 1])) };
    const [issue] = await issuesOf(() =>
      compiled({ graph, outputs: { x: "noise.x" }, feeds: two, batch: 2 }),
    );
    expect(issue).toMatchObject({ code: "batch.read-back", at: { node: "level" } });
  });
});

describe("slots", () => {
  test("of any name: an open operator takes the space that the one measurement implies", async () => {
    const average = { type: "operator/average", v: 1, params: { factor: 2 } };
    const slots = { y: { kind: "measurement" }, down: { kind: "operator", default: average } };
    const graph = { up: { type: "operator/pinv", v: 1, in: { operator: "@down", y: "@y" } } };
    const feeds = { y: tensorFeed(float32([7], [1, 1, 1, 1])) };
    const sketch = compiled({ graph, outputs: { x: "up.x" }, inputs: slots, feeds });
    expect(numbers(doneOf(await eventsOf(sketch)), "x")).toEqual([7, 7, 7, 7]);
  });
});

describe("two draws of one zone that name one stream", () => {
  test("are warned of", () => {
    const noise = { type: "math/noise", v: 1, params: { stream: "eps" }, in: { like: "@x" } };
    const sum = { type: "math/add", v: 1, in: { a: "first.x", b: "second.x" } };
    const graph = { first: noise, second: noise, sum };
    const { warnings } = compiled({ graph, outputs: { x: "sum.x" } });
    expect(warnings).toEqual([
      { node: "second", message: expect.stringContaining('the stream "eps" too') as string },
    ]);
  });
});

describe("a measurement of another shape than the operator makes", () => {
  test("is refused at its slot, with both shapes", async () => {
    const mask = { type: "operator/box-inpainting", v: 1, params: { height: 1, width: 1 } };
    const slots = { y: { kind: "measurement" }, operator: { kind: "operator" } };
    const graph = { up: { type: "operator/pinv", v: 1, in: { operator: "@operator", y: "@y" } } };
    const task = {
      denoodle: 1,
      name: "task",
      inputs: { image: { kind: "signal" } },
      graph: {
        mask,
        bound: {
          type: "operator/in-space",
          v: 1,
          in: { operator: "mask.operator", space: "@image" },
        },
      },
      outputs: { operator: "bound.operator" },
      blocks: {},
    } as unknown as Document;
    const feeds = {
      y: tensorFeed(float32([1, 2], [1, 1, 1, 2])),
      image: tensorFeed(float32([1, 2, 3, 4], [1, 1, 2, 2])),
    };
    const [issue] = await issuesOf(() =>
      compiled({ graph, outputs: { x: "up.x" }, inputs: slots, feeds, task }),
    );
    expect(issue).toMatchObject({ code: "measurement.shape", at: { node: "@y" } });
    expect(issue?.message).toContain("[1,1,2]");
  });
});
