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

const leaf = {
  host: fc.constant(false),
  stop: fc.constant(null),
  scan: fc.constant(false),
  branchAt: fc.constant(null),
  inner: fc.constant(null),
};
const kind = fc.constantFrom<ZoneSpec["kind"][]>("repeat", "for-each", "while");
const depth = fc.constantFrom<(1 | 2 | 3)[]>(1, 2, 3);
/** A body that may be unrolled: nothing but a tensor state. */
const plain: fc.Arbitrary<ZoneSpec> = fc.record({
  ...leaf,
  kind: fc.constantFrom<ZoneSpec["kind"][]>("repeat", "for-each"),
  count: fc.integer({ min: 0, max: 23 }),
  depth: fc.constant(1 as const),
});
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
const specs = zoneOf(
  fc.oneof(fc.constant(null), plain, zoneOf(fc.oneof(fc.constant(null), plain))),
);

/** What a body adds up: as an expression, the wires it reads, and its value in the plain loop. */
interface Term {
  readonly text: string;
  readonly wires: Readonly<Record<string, string>>;
  readonly value: (now: Now) => number;
}

interface Now {
  readonly k: number;
  readonly states: readonly number[];
  readonly h: number;
  readonly x: number;
  readonly outerK: number;
}

const f = Math.fround;
const when = <T>(condition: boolean, item: T): readonly T[] => (condition ? [item] : []);
const also = (condition: boolean, nodes: Record<string, object>) => (condition ? nodes : {});
const state = ({ states }: Now, age: number) => states[age] ?? Number.NaN;

function termsOf(spec: ZoneSpec, level: number): readonly Term[] {
  const u = `@u${level}`;
  const outer = { o: `@z${level - 1}.k` };
  return [
    { text: "0.5*u", wires: { u }, value: (now) => f(0.5 * state(now, 0)) },
    ...when<Term>(spec.depth > 1, {
      text: "0.25*b",
      wires: { b: `${u}.1` },
      value: (now) => f(0.25 * state(now, 1)),
    }),
    ...when<Term>(spec.depth > 2, {
      text: "0.125*c",
      wires: { c: `${u}.2` },
      value: (now) => f(0.125 * state(now, 2)),
    }),
    ...when<Term>(spec.host, { text: "h", wires: { h: "@h" }, value: ({ h }) => f(h) }),
    ...when<Term>(level > 0, { text: "o", wires: outer, value: ({ outerK }) => outerK }),
    ...when<Term>(spec.kind === "for-each", {
      text: "el",
      wires: { el: "@e" },
      value: ({ k, outerK }) => k ** 2 + outerK,
    }),
    { text: "k", wires: { k: "@k" }, value: ({ k }) => k },
    { text: "0.1*x", wires: { x: "@x" }, value: ({ x }) => f(f(0.1) * x) },
  ];
}

/** Nodes of one zone at nesting `level`, by id; `init` is a wire of the enclosing body. */
function write(spec: ZoneSpec, level: number, init: string): Record<string, object> {
  const next = nextWire(spec, level);
  const zone = {
    v: 1,
    states: {
      [`u${level}`]: { init, next, depth: spec.depth },
      ...also(spec.host, { h: { init: `h${level}.x`, next: "h.x" } }),
      ...also(spec.kind === "while", { n: { init: `n${level}.x`, next: "n.x" } }),
    },
    ...also(spec.scan, { scans: { s: next, ks: "ks.x" } }),
    body: bodyOf(spec, level),
  };
  return {
    ...also(spec.host, { [`h${level}`]: expression("1.5", {}) }),
    ...zones[spec.kind](spec, level, zone),
  };
}

const stopOf = ({ stop }: ZoneSpec) => (stop === null ? {} : { stop: "stop.x" });

/** The zone and the nodes that its kind needs beside it. */
const zones: Readonly<
  Record<ZoneSpec["kind"], (spec: ZoneSpec, level: number, zone: object) => Record<string, object>>
> = {
  repeat: (spec, level, zone) => ({
    [`z${level}`]: { type: "zone/repeat", params: { count: spec.count }, ...zone, ...stopOf(spec) },
  }),
  while: (_, level, zone) => ({
    [`n${level}`]: expression("0", {}),
    [`z${level}`]: { type: "zone/while", params: { max: 9 }, while: "more.x", ...zone },
  }),
  "for-each": (spec, level, zone) => ({
    [`l${level}`]: {
      type: "zone/repeat",
      v: 1,
      params: { count: spec.count },
      scans: { e: "e.x" },
      body: {
        e:
          level === 0
            ? expression("k^2", { k: "@k" })
            : expression("k^2 + o", { k: "@k", o: `@z${level - 1}.k` }),
      },
    },
    [`z${level}`]: { type: "zone/for-each", each: { e: `l${level}.e` }, ...zone, ...stopOf(spec) },
  }),
};

const beforeInner = ({ branchAt }: ZoneSpec) => (branchAt === null ? "a.x" : "choose.x");
const nextWire = (spec: ZoneSpec, level: number) =>
  spec.inner === null ? beforeInner(spec) : `z${level + 1}.u${level + 1}`;

function bodyOf(spec: ZoneSpec, level: number): Record<string, object> {
  const terms = termsOf(spec, level);
  const wires: Record<string, string> = Object.assign({}, ...terms.map((term) => term.wires));
  return {
    a: expression(terms.map(({ text }) => text).join(" + "), wires),
    ...also(spec.stop !== null, { stop: expression(`k == ${spec.stop}`, { k: "@k" }) }),
    ...also(spec.host, {
      h: expression("0.5*h + k + first + 2*last", {
        h: "@h",
        k: "@k",
        first: "@isFirst",
        last: "@isLast",
      }),
    }),
    ...also(spec.scan, { ks: expression("k + 0.5", { k: "@k" }) }),
    ...also(spec.kind === "while", {
      n: expression("n + 1", { n: "@n" }),
      more: expression(`n < ${spec.count}`, { n: "@n" }),
    }),
    ...also(spec.branchAt !== null, {
      late: expression(`k >= ${spec.branchAt}`, { k: "@k" }),
      choose: {
        type: "zone/if",
        v: 1,
        in: { condition: "late.x" },
        then: { body: { t: expression("a - k", { a: "a.x", k: "@k" }) }, outputs: { x: "t.x" } },
        else: { body: { t: expression("a * 2", { a: "a.x" }) }, outputs: { x: "t.x" } },
      },
    }),
    ...(spec.inner === null ? {} : write(spec.inner, level + 1, beforeInner(spec))),
  };
}

/** The same zone as a plain loop over one pixel, rounding as float32 does. */
function interpret(
  spec: ZoneSpec,
  level: number,
  { x, init, outerK }: { readonly x: number; readonly init: number; readonly outerK: number },
): number {
  const terms = termsOf(spec, level);
  let now: Now = { k: 0, states: [init, init, init], h: 1.5, x, outerK };
  const total = spec.kind === "while" ? 9 : spec.count;
  for (let k = 0; k < spec.count; k += 1) {
    now = { ...now, k };
    const sum = terms.map(({ value }) => value(now)).reduce((part, term) => f(part + term));
    const branched = branchOf(spec, sum, k);
    const next =
      spec.inner === null
        ? branched
        : interpret(spec.inner, level + 1, { x, init: branched, outerK: k });
    const h = 0.5 * now.h + k + Number(k === 0) + 2 * Number(k === total - 1);
    now = { ...now, h, states: [next, ...now.states].slice(0, 3) };
    if (spec.stop === k && spec.kind !== "while") break;
  }
  return state(now, 0);
}

function branchOf({ branchAt }: ZoneSpec, value: number, k: number): number {
  if (branchAt === null) return value;
  return k >= branchAt ? f(value - k) : f(value * 2);
}

function innermost(spec: ZoneSpec): string {
  const path: string[] = [];
  for (let s: ZoneSpec | null = spec, level = 0; s !== null; s = s.inner, level += 1)
    path.push(`z${level}`);
  return `${path.join("/")}/a.x`;
}

describe("zones against a plain loop", () => {
  test("nested zones of every kind give the bits of the same loops in float32, unrolled and not, in one session each", async () => {
    const sessions = createSessionCache(await cpu());
    await fc.assert(
      fc.asyncProperty(specs, async (spec) => {
        const graph = compiled({ graph: write(spec, 0, "@x"), outputs: { u: "z0.u0" } });
        const fast = doneOf(await eventsOf(graph, { sessions }));
        const expected = Array.from(four.data as Float32Array, (x) =>
          interpret(spec, 0, { x, init: x, outerK: 0 }),
        );
        expect(numbers(fast, "u")).toEqual(expected);
        const control = createRunControl([innermost(spec)]);
        const probed = doneOf(await eventsOf(graph, { sessions, control }));
        expect((probed.outputs["u"] as TensorData).data).toEqual(
          (fast.outputs["u"] as TensorData).data,
        );
      }),
      { numRuns: 40 },
    );
    await sessions.release();
  });
});
