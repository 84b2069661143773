import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRunControl } from "../../runtime/execute/control.ts";
import { createSessionCache } from "../../runtime/execute/session-cache.ts";
import { compiled, cpu, doneOf, eventsOf, expression, four, numbers } from "../engine/kit.ts";
import type { TensorData } from "../../runtime/tensor/tensor.ts";

/** A zone of the test's own small language; the graph and the reference are both made from it. */
interface ZoneSpec {
  readonly kind: "repeat" | "for-each" | "while";
  readonly count: number;
  readonly depth: 1 | 2 | 3;
  /** Carries a host number beside the tensor. */
  readonly host: boolean;
  /** Ends after this iteration. */
  readonly stop: number | null;
  readonly scan: boolean;
  /** From this iteration on the other branch of an if zone is taken. */
  readonly branchAt: number | null;
  readonly inner: ZoneSpec | null;
}

const leaf = { host: fc.constant(false), stop: fc.constant(null), scan: fc.constant(false), branchAt: fc.constant(null), inner: fc.constant(null) };
const kind = fc.constantFrom("repeat", "for-each", "while") as fc.Arbitrary<ZoneSpec["kind"]>;
const depth = fc.constantFrom(1, 2, 3) as fc.Arbitrary<1 | 2 | 3>;
/** A body that may be unrolled: nothing but a tensor state. */
const plain: fc.Arbitrary<ZoneSpec> = fc.record({ ...leaf, kind: fc.constantFrom("repeat", "for-each") as fc.Arbitrary<ZoneSpec["kind"]>, count: fc.integer({ min: 0, max: 23 }), depth: fc.constant(1 as const) });
const zoneOf = (inner: fc.Arbitrary<ZoneSpec | null>): fc.Arbitrary<ZoneSpec> =>
  fc.record({
    kind,
    count: fc.integer({ min: 0, max: 4 }),
    depth,
    host: fc.boolean(),
    stop: fc.option(fc.integer({ min: 0, max: 4 })),
    scan: fc.boolean(),
    branchAt: fc.option(fc.integer({ min: 0, max: 3 })),
    inner,
  });
const specs = zoneOf(fc.oneof(fc.constant(null), plain, zoneOf(fc.oneof(fc.constant(null), plain))));

/** Nodes of one zone at nesting `level`, by id; `init` is a wire of the enclosing body. */
function write(spec: ZoneSpec, level: number, init: string): Record<string, object> {
  const id = `z${level}`;
  const u = `u${level}`;
  const outer = level === 0 ? {} : { o: `@z${level - 1}.k` };
  const text = [
    "0.5*u", ...(spec.depth > 1 ? ["0.25*b"] : []), ...(spec.depth > 2 ? ["0.125*c"] : []),
    ...(spec.host ? ["h"] : []), ...(level === 0 ? [] : ["o"]), ...(spec.kind === "for-each" ? ["el"] : []), "k", "0.1*x",
  ].join(" + ");
  const body: Record<string, object> = {
    a: expression(text, {
      u: `@${u}`, k: "@k", x: "@x", ...outer,
      ...(spec.depth > 1 ? { b: `@${u}.1` } : {}), ...(spec.depth > 2 ? { c: `@${u}.2` } : {}),
      ...(spec.host ? { h: "@h" } : {}), ...(spec.kind === "for-each" ? { el: "@e" } : {}),
    }),
    ...(spec.stop === null ? {} : { stop: expression(`k == ${spec.stop}`, { k: "@k" }) }),
    ...(spec.host ? { h: expression("0.5*h + k + first + 2*last", { h: "@h", k: "@k", first: "@isFirst", last: "@isLast" }) } : {}),
  };
  let next = "a.x";
  if (spec.branchAt !== null) {
    body["late"] = expression(`k >= ${spec.branchAt}`, { k: "@k" });
    body["choose"] = {
      type: "zone/if", v: 1, in: { condition: "late.x" },
      then: { body: { t: expression("a - k", { a: "a.x", k: "@k" }) }, outputs: { x: "t.x" } },
      else: { body: { t: expression("a * 2", { a: "a.x" }) }, outputs: { x: "t.x" } },
    };
    next = "choose.x";
  }
  if (spec.inner !== null) {
    Object.assign(body, write(spec.inner, level + 1, next));
    next = `z${level + 1}.u${level + 1}`;
  }
  const zone = {
    v: 1,
    states: {
      [u]: { init, next, depth: spec.depth },
      ...(spec.host ? { h: { init: `h${level}.x`, next: "h.x" } } : {}),
      ...(spec.kind === "while" ? { n: { init: `n${level}.x`, next: "n.x" } } : {}),
    },
    ...(spec.scan ? { scans: { s: next, ks: "ks.x" } } : {}),
    ...(spec.stop === null || spec.kind === "while" ? {} : { stop: "stop.x" }),
    body: {
      ...body,
      ...(spec.scan ? { ks: expression("k + 0.5", { k: "@k" }) } : {}),
      ...(spec.kind === "while" ? { n: expression("n + 1", { n: "@n" }), more: expression(`n < ${spec.count}`, { n: "@n" }) } : {}),
    },
  };
  const list = {
    type: "zone/repeat", v: 1, params: { count: spec.count }, scans: { e: "e.x" },
    body: { e: expression(level === 0 ? "k^2" : "k^2 + o", { k: "@k", ...outer }) },
  };
  return {
    ...(spec.host ? { [`h${level}`]: expression("1.5", {}) } : {}),
    ...(spec.kind === "while" ? { [`n${level}`]: expression("0", {}), [id]: { type: "zone/while", params: { max: 9 }, while: "more.x", ...zone } } : {}),
    ...(spec.kind === "repeat" ? { [id]: { type: "zone/repeat", params: { count: spec.count }, ...zone } } : {}),
    ...(spec.kind === "for-each" ? { [`l${level}`]: list, [id]: { type: "zone/for-each", each: { e: `l${level}.e` }, ...zone } } : {}),
  };
}

const f = Math.fround;

/** The same zone as a plain loop over one pixel, rounding as float32 does. */
function interpret(spec: ZoneSpec, level: number, { x, init, outerK }: { readonly x: number; readonly init: number; readonly outerK: number }): number {
  let states: readonly number[] = [init, init, init];
  let h = 1.5;
  const total = spec.kind === "while" ? 9 : spec.count;
  for (let k = 0; k < spec.count; k += 1) {
    const [u = 0, b = 0, c = 0] = states;
    const terms = [
      f(0.5 * u), ...(spec.depth > 1 ? [f(0.25 * b)] : []), ...(spec.depth > 2 ? [f(0.125 * c)] : []),
      ...(spec.host ? [f(h)] : []), ...(level === 0 ? [] : [outerK]),
      ...(spec.kind === "for-each" ? [f(k ** 2 + (level === 0 ? 0 : outerK))] : []), k, f(f(0.1) * x),
    ];
    let next = terms.reduce((sum, term) => f(sum + term));
    if (spec.branchAt !== null) next = k >= spec.branchAt ? f(next - k) : f(next * 2);
    if (spec.inner !== null) next = interpret(spec.inner, level + 1, { x, init: next, outerK: k });
    h = 0.5 * h + k + Number(k === 0) + 2 * Number(k === total - 1);
    states = [next, u, b];
    if (spec.stop === k && spec.kind !== "while") break;
  }
  return states[0] ?? Number.NaN;
}

function innermost(spec: ZoneSpec): string {
  const path: string[] = [];
  for (let s: ZoneSpec | null = spec, level = 0; s !== null; s = s.inner, level += 1) path.push(`z${level}`);
  return `${path.join("/")}/a.x`;
}

describe("zones against a plain loop", () => {
  test("nested zones of every kind give the bits of the same loops in float32, unrolled and not, in one session each", async () => {
    const sessions = createSessionCache(await cpu());
    await fc.assert(
      fc.asyncProperty(specs, async (spec) => {
        const graph = compiled({ graph: write(spec, 0, "@x"), outputs: { u: "z0.u0" } });
        const fast = doneOf(await eventsOf(graph, { sessions }));
        const expected = Array.from(four.data as Float32Array, (x) => interpret(spec, 0, { x, init: x, outerK: 0 }));
        expect(numbers(fast, "u")).toEqual(expected);
        const control = createRunControl([innermost(spec)]);
        const probed = doneOf(await eventsOf(graph, { sessions, control }));
        expect((probed.outputs["u"] as TensorData).data).toEqual((fast.outputs["u"] as TensorData).data);
      }),
      { numRuns: 40 },
    );
    await sessions.release();
  });
});
