import { describe, expect, test } from "vitest";
import { float32 } from "../../runtime/tensor/tensor.ts";
import { compiled, doneOf, eventsOf, expression, issuesOf, numbers, tensorFeed } from "./kit.ts";

const scale = (x: string) => ({ type: "math/scale", v: 1, params: { factor: 2 }, in: { x } });

describe("what cannot be compiled is said, with its place, before anything runs", () => {
  test("every input that was not given, at once", async () => {
    const inputs = {
      x: { kind: "signal" },
      y: { kind: "measurement" },
      op: { kind: "operator" },
      z: { kind: "scalar", optional: true },
    };
    const issues = await issuesOf(() => compiled({ graph: {}, outputs: {}, inputs, feeds: {} }));
    expect(issues).toMatchObject([
      { code: "slot.missing", at: { path: ["inputs", "x"] } },
      { code: "slot.missing", at: { path: ["inputs", "y"] } },
      { code: "slot.missing", at: { path: ["inputs", "op"] } },
    ]);
  });

  test("shapes that do not fit, at the node", async () => {
    const inputs = { x: { kind: "signal" }, y: { kind: "signal" } };
    const feeds = {
      x: tensorFeed(float32([1, 2, 3], [1, 1, 3])),
      y: tensorFeed(float32([1, 2, 3, 4], [1, 1, 4])),
    };
    const issues = await issuesOf(() =>
      compiled({
        graph: { s: { type: "math/add", v: 1, in: { a: "@x", b: "@y" } } },
        outputs: { s: "s.x" },
        inputs,
        feeds,
      }),
    );
    expect(issues).toMatchObject([{ code: "tensor.shape", at: { node: "s" } }]);
  });

  test("a cycle, also one through a zone", async () => {
    const direct = { a: scale("b.x"), b: scale("a.x") };
    const zone = {
      z: {
        type: "zone/repeat",
        v: 1,
        params: { count: 2 },
        states: { u: { init: "after.x", next: "a.x" } },
        body: { a: scale("@u") },
      },
      after: scale("z.u"),
    };
    for (const graph of [direct, zone])
      expect(await issuesOf(() => compiled({ graph, outputs: {} }))).toMatchObject([
        { code: "graph.cycle" },
      ]);
  });

  test("several at once, each said once however many nodes read it", async () => {
    const bad = { type: "math/add", v: 1, in: { a: "@x", b: "@y" } };
    const inputs = { x: { kind: "signal" }, y: { kind: "signal" } };
    const feeds = {
      x: tensorFeed(float32([1, 2, 3], [1, 1, 3])),
      y: tensorFeed(float32([1, 2, 3, 4], [1, 1, 4])),
    };
    const graph = {
      bad,
      after: scale("bad.x"),
      later: scale("after.x"),
      unknown: { type: "nothing", v: 1 },
      z: {
        type: "zone/repeat",
        v: 1,
        params: { count: 2 },
        states: { u: { init: "@x", next: "b.x" } },
        body: { b: bad, c: scale("after.x"), d: { type: "nought", v: 1 } },
      },
    };
    const issues = await issuesOf(() => compiled({ graph, outputs: {}, inputs, feeds }));
    expect(issues.map(({ code, at }) => `${code} ${at.node}`).toSorted()).toEqual([
      "node.unknown unknown",
      "node.unknown z/d",
      "tensor.shape bad",
      "tensor.shape z/b",
    ]);
  });

  test("a node that does not exist", async () => {
    const issues = await issuesOf(() =>
      compiled({ graph: { a: { type: "math/scael", v: 1 } }, outputs: {} }),
    );
    expect(issues).toMatchObject([{ code: "node.unknown", at: { node: "a" } }]);
  });

  test("an operator that lacks what a node needs, and what would do instead", async () => {
    const issues = await issuesOf(() =>
      compiled({
        graph: {
          blur: { type: "operator/gaussian-blur", v: 1, params: {} },
          bind: { type: "operator/in-space", v: 1, in: { operator: "blur.operator", space: "@x" } },
          s: { type: "operator/equivalent-level", v: 1, in: { operator: "bind.operator" } },
        },
        outputs: {},
        feeds: { x: tensorFeed(float32(new Float32Array(256), [1, 1, 16, 16])) },
      }),
    );
    expect(issues).toMatchObject([{ code: "operator.lacks", fix: expect.stringMatching(/./) }]);
    expect(issues[0]?.at.node).toBe("s");
  });

  test("a batch of another size than the run's", async () => {
    const feeds = { x: tensorFeed(float32(new Float32Array(12), [3, 1, 2, 2])) };
    const issues = await issuesOf(() =>
      compiled({ graph: { a: scale("@x") }, outputs: { u: "a.x" }, feeds, batch: 2 }),
    );
    expect(issues).toMatchObject([{ code: "batch.size", at: { node: "@x" } }]);
    const one = compiled({ graph: { a: scale("@x") }, outputs: { u: "a.x" }, batch: 2 });
    expect(numbers(doneOf(await eventsOf(one)), "u")).toEqual([2, 4, 6, 8, 2, 4, 6, 8]);
  });

  test("a tensor of 10⁹ numbers, with what it would take", async () => {
    const feeds = {
      x: tensorFeed(float32(new Float32Array(2 ** 15), [1, 1, 2 ** 15, 1])),
      y: tensorFeed(float32(new Float32Array(2 ** 15), [1, 1, 1, 2 ** 15])),
    };
    const sketch = {
      graph: { outer: expression("x * y", { x: "@x", y: "@y" }) },
      outputs: { u: "outer.x" },
      inputs: { x: { kind: "signal" }, y: { kind: "signal" } },
      feeds,
    };
    const issues = await issuesOf(() => compiled(sketch));
    expect(issues).toMatchObject([
      { code: "tensor.huge", message: expect.stringContaining("4.29 GB") },
    ]);
    expect(issues[0]?.at.node).toContain("outer");
  });
});

describe("large graphs", () => {
  const chain = (node: (x: string) => object, init: string): Record<string, object> =>
    Object.fromEntries(
      // Names in the order that recursion would like least.
      Array.from(
        { length: 2000 },
        (_, i) => [`n${3000 - i}`, node(i === 0 ? init : `n${3001 - i}.x`)] as const,
      ).toReversed(),
    );

  test("a chain of 2000 tensors, or of 2000 numbers, compiles and runs", async () => {
    const tensors = await eventsOf(
      compiled({
        graph: chain((x) => expression("x + 1", { x }), "@x"),
        outputs: { u: "n1001.x" },
      }),
    );
    expect(numbers(doneOf(tensors), "u")).toEqual([2001, 2002, 2003, 2004]);
    const hosts = await eventsOf(
      compiled({
        graph: {
          ...chain((x) => expression("x + 1", { x }), "@c"),
          zero: { type: "math/constant", v: 1, in: { like: "@x", value: "n1001.x" } },
        },
        inputs: { x: { kind: "signal" }, c: { kind: "scalar", default: 1 } },
        outputs: { u: "zero.x" },
      }),
    );
    expect(numbers(doneOf(hosts), "u")).toEqual([2001, 2001, 2001, 2001]);
  });
});
