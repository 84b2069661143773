import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { graphRegistry } from "../../test/support/graph-registry.ts";
import { formatIssue } from "../base/issue.ts";
import type { Document } from "./document.ts";
import { readDocument } from "./read.ts";
import { validate } from "./validate.ts";

type Parts = Readonly<Record<string, unknown>>;

const slots = {
  operator: { kind: "operator" },
  measurement: { kind: "measurement" },
  prior: { kind: "prior" },
  schedule: { kind: "schedule" },
  x: { kind: "signal" },
  c: { kind: "scalar" },
};

function documentOf(parts: Parts): Document {
  const { document, issues } = readDocument({
    denoodle: 1,
    name: "n",
    inputs: slots,
    graph: {},
    ...parts,
  });
  if (document === null) throw new Error(issues.map(formatIssue).join("\n"));
  return document;
}

/** `path: message fix [code]` of each issue. */
function found(parts: Parts): readonly string[] {
  return validate(documentOf(parts), graphRegistry).map(
    ({ at, message, fix, code }) =>
      `${at.path?.join(".")}: ${message}${fix === undefined ? "" : ` ${fix}`} [${code}]`,
  );
}

const scale = (ref: string) => ({ type: "math/scale", v: 1, in: { x: ref } });
/** Issues of a graph whose output is its node `a`. */
const graph = (nodes: Parts, more: Parts = {}) =>
  found({ graph: { a: scale("@x"), ...nodes }, outputs: { y: "a.x" }, ...more });
const loop = (more: Parts) => ({
  type: "zone/repeat",
  v: 1,
  params: { count: 3 },
  states: { s: { init: "@x", next: "in.x" } },
  body: { in: scale("@s") },
  ...more,
});

describe(validate.name, () => {
  test("the example of the design is without issue", () => {
    const text = readFileSync(
      new URL("../../test/fixtures/graphs/dps-mo.json", import.meta.url),
      "utf8",
    );
    const { document } = readDocument(text);
    expect(document === null ? null : validate(document, graphRegistry)).toEqual([]);
  });

  test("[T1] [T2] an unknown type or version is one issue, and what hangs on it is none", () => {
    const ghost = { type: "math/scael", v: 1, params: { p: 1 }, in: { q: "a.x" } };
    expect(
      graph({
        g: ghost,
        h: scale("g.nothing"),
        k: { ...loop({}), states: { s: { init: "g.y", next: "in.x" } } },
      }),
    ).toEqual([
      'graph.g.type: There is no node type "math/scael". Did you mean "math/scale"? [node.unknown-type]',
    ]);
    expect(
      graph({ g: { type: "prior/denoise", v: 2, in: {} }, h: { type: "math/add", v: 7 } }),
    ).toEqual([
      'graph.g.v: "prior/denoise" has no version 2; this Denoodle knows 1, 3. [node.unknown-version]',
      'graph.h.v: "math/add" has no version 7; this Denoodle knows 1. Update Denoodle, or use a version it knows. [node.unknown-version]',
    ]);
  });

  test("[T3] [T4] ports must exist, and required ones must be wired", () => {
    expect(graph({ s: { type: "math/add", v: 1, in: { a: "a.x", bb: "a.x" } } })).toEqual([
      'graph.s.in.b: The input "b" needs a wire. [port.missing]',
      'graph.s.in.bb: The node "s" has no input "bb". Did you mean "b"? [port.unknown]',
    ]);
  });

  test("[P1] params are checked against the definition, all at once", () => {
    const params = { end: "apend", steps: 2.5, sigmaMin: -1, sigmamax: 4, rho: "7" };
    expect(graph({ s: { type: "schedule/poly", v: 1, params } })).toEqual([
      'graph.s.params.end: Expected one of append, replace, none, got "apend". [param.invalid]',
      'graph.s.params.rho: Expected a number, got "7". [param.invalid]',
      "graph.s.params.sigmaMin: Expected a number above 0, got -1. [param.invalid]",
      'graph.s.params.sigmamax: There is no param "sigmamax". Did you mean "sigmaMax"? [param.unknown]',
      "graph.s.params.steps: Expected a whole number, got 2.5. [param.invalid]",
    ]);
    expect(graph({ m: { type: "prior/onnx", v: 1 } })).toEqual([
      "graph.m.params.model: Expected text, got nothing. [param.invalid]",
    ]);
    expect(
      graph({ m: { type: "math/clamp", v: 1, params: { min: 2, max: 1 }, in: { x: "a.x" } } }),
    ).toEqual(["graph.m.params: Expected min below max. [param.invalid]"]);
  });

  test("[P2] expressions: syntax, names, types and ranges", () => {
    const poly = (params: Parts) => graph({ s: { type: "schedule/poly", v: 1, params } });
    expect(
      poly({
        sigmaMax: "=2*sigmaMin",
        steps: "=@c + 1",
        sigmaMin: "=@schedule.steps",
        rho: "=3+4",
      }),
    ).toEqual([]);
    expect(poly({ sigmaMax: "=2*", rho: "=1-2", sigmaMin: "=sigmaMx", steps: "=@d" })).toEqual([
      "graph.s.params.rho: Expected a number above 0, got -1. [param.invalid]",
      'graph.s.params.sigmaMax: Expected a number, a name or "(", got the end (column 4). [expression.invalid]',
      'graph.s.params.sigmaMin: There is no scalar param "sigmaMx". Did you mean "sigmaMax"? [expression.unknown-name]',
      'graph.s.params.steps: There is no input or rail "@d" here. Known here: "operator", "measurement", "prior", "schedule", "x", "c". [ref.unknown-name]',
    ]);
    expect(poly({ sigmaMax: "=@schedule.first" })).toEqual([
      'graph.s.params.sigmaMax: "@schedule.first" does not fit here: expected scalar, got level. [port.mismatch]',
    ]);
  });

  test("[P3] a structural param cannot be an expression, and says what can", () => {
    expect(graph({ o: { type: "operator/average", v: 1, params: { factor: "=2" } } })).toEqual([
      'graph.o.params.factor: Expected a number, got "=2". Write a value; it shapes the program, so it cannot be an expression. [param.invalid]',
    ]);
  });

  test("[P4] scalar params that read one another in a circle", () => {
    expect(
      graph({
        s: {
          type: "schedule/poly",
          v: 1,
          params: { sigmaMax: "=rho", rho: "=sigmaMax", steps: "=rho" },
        },
      }),
    ).toEqual([
      'graph.s.params.rho: The expression of "rho" depends on itself. [expression.cycle]',
      'graph.s.params.sigmaMax: The expression of "sigmaMax" depends on itself. [expression.cycle]',
    ]);
  });

  test("[P5] a wire into a scalar param wins over its value and excuses its absence", () => {
    expect(graph({ k: { type: "math/scale", v: 1, in: { x: "a.x", factor: "@c" } } })).toEqual([]);
    expect(
      graph({ k: { type: "math/scale", v: 1, in: { x: "a.x", factor: "@schedule.first" } } }),
    ).toEqual([
      'graph.k.in.factor: "@schedule.first" does not fit here: expected scalar, got level. [port.mismatch]',
    ]);
  });

  test("[P6] ports that depend on params", () => {
    const node = (expression: string, wires: Parts) =>
      graph({ e: { type: "math/expression", v: 1, params: { expression }, in: wires } });
    expect(node("p + q", { p: "a.x", q: "@c" })).toEqual([]);
    expect(node("p + q", { p: "a.x" })).toEqual([
      'graph.e.in.q: The input "q" needs a wire. [port.missing]',
    ]);
    expect(node("p +", { p: "a.x", q: "b.x" })).toEqual([
      'graph.e.in.q: There is no node "b" here. Known here: "a", "e". [ref.unknown-node]',
      'graph.e.params: Expected a number, a name or "(", got the end (column 4). [expression.invalid]',
    ]);
  });

  test("[R1] references must be well formed and lead somewhere", () => {
    expect(
      graph({
        b: scale("a"),
        c1: scale("aa.x"),
        d: scale("a.y"),
        e: scale("@y"),
        f: scale("a.x.sigma"),
        g: scale("@schedule.frist"),
        h: scale("@a"),
        i: scale("x.y"),
        j: scale("@k"),
        k: scale("@x.1"),
        l: scale("@schedule.first.sigma"),
        m: scale(""),
      }),
    ).toEqual([
      'graph.b.in.x: Expected a reference, got "a". Write "node.port", or "@name" for an input or a rail; one field may follow ("@level.sigma"). [ref.malformed]',
      'graph.c1.in.x: There is no node "aa" here. Did you mean "a"? [ref.unknown-node]',
      'graph.d.in.x: The node "a" has no output "y". Known here: "x". [ref.unknown-port]',
      'graph.e.in.x: There is no input or rail "@y" here. Known here: "operator", "measurement", "prior", "schedule", "x", "c". [ref.unknown-name]',
      'graph.f.in.x: A tensor has no field "sigma". [ref.unknown-field]',
      'graph.g.in.x: A schedule has no field "frist". Did you mean "first"? [ref.unknown-field]',
      'graph.h.in.x: There is no input or rail "@a" here. "a" is a node; write "a.port" without "@". [ref.unknown-name]',
      'graph.i.in.x: There is no node "x" here. Write "@x" for the input or rail of that name. [ref.unknown-node]',
      'graph.j.in.x: "@k" has a value only inside a loop. [ref.unknown-name]',
      'graph.k.in.x: "@x" keeps no earlier values; only states do. [ref.depth]',
      'graph.l.in.x: At most one field may follow "@schedule". [ref.malformed]',
      "graph.m.in.x: A wire is missing here. [ref.missing]",
    ]);
  });

  test("[R2] types flow along wires, and a misfit names the tag and the adapter", () => {
    const nodes = {
      i: { type: "input/image", v: 1, params: { file: "a.png" } },
      m: { type: "metric/ssim", v: 1, in: { x: "i.image", groundTruth: "u.x" } },
      u: { type: "math/to-unit-range", v: 1, in: { x: "i.image" } },
      f: { type: "schedule/first", v: 1, in: { schedule: "@schedule" } },
      n: { type: "math/add-noise", v: 1, in: { x: "i.image", level: "@schedule" } },
      r: {
        type: "operator/data-gradient",
        v: 1,
        in: { operator: "@prior", x: "@measurement", measurement: "@measurement" },
      },
    };
    expect(graph(nodes)).toEqual([
      'graph.m.in.x: "i.image" does not fit here: expected range [0,1], got [-1,1]. Put "math/to-unit-range" between them. [port.mismatch]',
      'graph.n.in.level: "@schedule" does not fit here: expected level, got schedule. Read a field of it: "@schedule.first" or "@schedule.last". [port.mismatch]',
      'graph.r.in.operator: "@prior" does not fit here: expected operator, got prior. [port.mismatch]',
      'graph.r.in.x: "@measurement" does not fit here: expected space signal, got measurement. [port.mismatch]',
    ]);
  });

  test("[R3] wires cross into a zone, and leave it only by a rail", () => {
    expect(graph({ z: loop({ body: { in: scale("a.x"), more: scale("@x") } }) })).toEqual([]);
    expect(graph({ z: loop({}), b: scale("in.x"), c1: scale("z.s") })).toEqual([
      'graph.b.in.x: "in" is inside the zone "z"; a wire leaves a zone only by a rail. Give "z" a state or a scan that reads "in.x", and read that port of "z". [ref.border]',
    ]);
  });

  test("[R4] earlier values need depth", () => {
    const zone = (depth: number, ref: string) =>
      graph({
        z: loop({ states: { s: { init: "@x", next: "in.x", depth } }, body: { in: scale(ref) } }),
      });
    expect(zone(3, "@s.2")).toEqual([]);
    expect(zone(2, "@z.s.1")).toEqual([]);
    expect(zone(2, "@s.2")).toEqual([
      'graph.z.body.in.in.x: "@s.2" needs a depth of 3; the state "s" keeps 2. Set "depth": 3 on the state "s" of "z". [ref.depth]',
    ]);
  });

  test("[R5] an outer zone's rails are read by its id", () => {
    const inner = (ref: string) =>
      loop({ states: { t: { init: "@s", next: "in2.x" } }, body: { in2: scale(ref) } });
    const zone = (ref: string) => graph({ z: loop({ body: { in: scale("y.t"), y: inner(ref) } }) });
    expect([zone("@s"), zone("@z.s"), zone("@y.t")]).toEqual([[], [], []]);
    expect(
      graph({
        z: loop({
          body: {
            in: { type: "math/scale", v: 1, params: { factor: "=@z.k + @N" }, in: { x: "@s" } },
          },
        }),
      }),
    ).toEqual([]);
    expect(zone("@z.ss")).toEqual([
      'graph.z.body.y.body.in2.in.x: The zone "z" has no rail "ss". Did you mean "s"? [ref.unknown-rail]',
    ]);
    expect(zone("@z")).toEqual([
      'graph.z.body.y.body.in2.in.x: "@z" names a zone; a rail of it must follow. Known here: "@z.s". [ref.unknown-name]',
    ]);
  });

  test("[N1] [N2] [N3] names are well formed and hide nothing", () => {
    const zone = loop({
      states: {
        x: { init: "@x", next: "a.x" },
        k: { init: "@x", next: "a.x" },
        z: { init: "@x", next: "a.x" },
      },
      scans: { k: "n.norm" },
      body: { a: scale("@x"), n: { type: "math/norm", v: 1, in: { x: "a.x" } } },
    });
    expect(graph({ z: zone, constructor: scale("@x"), "1st": scale("@x") })).toEqual([
      'graph.1st: Expected an id of letters, digits, "_" and "-" that begins with a letter, got "1st". [name.malformed]',
      'graph.constructor: "constructor" is a word of JavaScript and cannot be a name. Choose another name, such as "constructor1". [name.reserved]',
      'graph.z.body.a: The name "a" is already taken: it is a node of an enclosing scope. Choose another name. [name.shadowed]',
      'graph.z.scans.k: The name "k" is already taken: it is a state of this zone. Choose another name. [name.shadowed]',
      'graph.z.states.k: The name "k" is already taken: it is built in. Choose another name. [name.shadowed]',
      'graph.z.states.x: The name "x" is already taken: it is an input. Choose another name. [name.shadowed]',
      'graph.z.states.z: The name "z" is already taken: it is the id of this zone. Choose another name. [name.shadowed]',
    ]);
    expect(graph({ b: scale("constructor.x"), c1: scale("@toString") })).toEqual([
      'graph.b.in.x: There is no node "constructor" here. Known here: "a", "b", "c1". [ref.unknown-node]',
      'graph.c1.in.x: There is no input or rail "@toString" here. Known here: "operator", "measurement", "prior", "schedule", "x", "c". [ref.unknown-name]',
    ]);
  });

  test("[G2] cycles name the nodes along them, also through a zone", () => {
    expect(
      graph({
        b: scale("c1.x"),
        c1: scale("d.x"),
        d: scale("b.x"),
        e: scale("b.x"),
        self: scale("self.x"),
      }),
    ).toEqual([
      "graph.b: These nodes wait for one another: b → c1 → d → b. Carry the value from one iteration to the next with a state of a loop. [graph.cycle]",
      "graph.self: These nodes wait for one another: self → self. Carry the value from one iteration to the next with a state of a loop. [graph.cycle]",
    ]);
    expect(graph({ z: loop({ body: { in: scale("b.x") } }), b: scale("z.s") })[0]).toMatch(
      "b → z → b",
    );
    expect(graph({ z: loop({ body: { in: scale("z.s") } }) })).toEqual([
      'graph.z: The outputs of "z" exist only after it has run; nodes inside cannot read them. Inside, read the current value of a state as "@name". [graph.cycle]',
    ]);
  });

  test("[G3] a graph has outputs that lead to values, or a node with an effect", () => {
    expect(graph({}, { outputs: {} })).toEqual([
      'outputs: Nothing comes out of this graph. Name an output, such as "x0": "anneal.x0". [graph.no-outputs]',
    ]);
    expect(
      graph({ show: { type: "output/show", v: 1, in: { x: "a.x" } } }, { outputs: {} }),
    ).toEqual([]);
    expect(graph({}, { outputs: { y: "b.x", é: "a.x" } })).toHaveLength(2);
  });

  test("issues come in the order of their paths, at most a thousand", () => {
    const many = Object.fromEntries(
      Array.from({ length: 1200 }, (_, i) => [`n${i}`, scale("nowhere.x")]),
    );
    const issues = validate(documentOf({ graph: many, outputs: { y: "n1.x" } }), graphRegistry);
    expect(issues).toHaveLength(1000);
    expect(issues.map(({ at }) => at.path?.[1])).toEqual(
      issues.map(({ at }) => String(at.path?.[1])).toSorted(),
    );
  });

  test("an issue says which node, port and zone", () => {
    const z = loop({
      body: { in: { type: "math/add", v: 1, in: { a: "@s", b: "@prior" } } },
      states: { s: { init: "@x", next: "in.x" } },
    });
    const [issue] = validate(documentOf({ graph: { z }, outputs: { y: "z.s" } }), graphRegistry);
    expect(issue?.at).toEqual({
      path: ["graph", "z", "body", "in", "in", "b"],
      node: "z/in",
      port: "b",
      zone: "z",
    });
  });
});

describe("zones", () => {
  test("[Z1] have something to run and something that comes of it", () => {
    expect(graph({ z: { type: "zone/repeat", v: 1, params: { count: 2 }, body: {} } })).toEqual([
      "graph.z: The zone has neither states nor scans: nothing comes out of it. Carry a value with a state, or collect one with a scan. [zone.no-output]",
      "graph.z.body: The zone has no nodes. [zone.empty]",
    ]);
    expect(graph({ z: { ...loop({}), type: "zone/for-each", params: {}, each: {} } })).toEqual([
      'graph.z.each: A for-each zone needs at least one list. Name one, such as "level": "@schedule.levels". [zone.each]',
    ]);
  });

  test("[Z2] a state keeps its type", () => {
    expect(graph({ z: loop({ states: { s: { init: "@c", next: "in.x" } } }) })).toEqual([
      'graph.z.body.in.in.x: "@s" does not fit here: expected tensor, got scalar. [port.mismatch]',
      'graph.z.states.s.next: "in.x" does not fit here: expected scalar, got tensor. [port.mismatch]',
    ]);
  });

  test("[Z3] [Z4] what can be carried, collected and gone through", () => {
    const zone = {
      ...loop({}),
      type: "zone/for-each",
      params: {},
      each: { level: "@schedule", e: "@x" },
    };
    expect(
      graph({
        z: { ...zone, states: { s: { init: "@prior", next: "@prior" } }, scans: { all: "in.x" } },
      }),
    ).toEqual([
      'graph.z.body.in.in.x: "@s" does not fit here: expected tensor, got prior. [port.mismatch]',
      'graph.z.each.e: "@x" does not fit here: expected list, got signal. [port.mismatch]',
      'graph.z.each.level: "@schedule" does not fit here: expected list, got schedule. Read a field of it: "@schedule.levels" or "@schedule.nextLevels". [port.mismatch]',
      "graph.z.scans.all: A scan collects numbers and levels, got a tensor. Take a number of it first (a norm, a mean), or watch the wire with a probe. [zone.scan]",
      'graph.z.states.s.init: A state cannot hold a prior: it is fixed when the graph is compiled. Read "@prior" inside the zone directly. [zone.state]',
    ]);
  });

  test("[Z4] elements of a schedule's lists are levels, of any other list scalars", () => {
    const zone = (list: string, field: string) =>
      graph({
        norms: loop({
          states: {},
          scans: { all: "n.norm" },
          body: { n: { type: "math/norm", v: 1, in: { x: "@x" } } },
        }),
        z: {
          type: "zone/for-each",
          v: 1,
          each: { e: list },
          states: { s: { init: "@x", next: "in.x" } },
          body: {
            in: { type: "math/scale", v: 1, params: { factor: `=@e${field}` }, in: { x: "@s" } },
          },
        },
      });
    expect([zone("@schedule.levels", ".sigma"), zone("norms.all", "")]).toEqual([[], []]);
    expect(zone("@schedule.levels", "")[0]).toMatch(
      'Read a field of it: "@e.alpha" or "@e.sigma" or "@e.alphaBar" or "@e.ratio".',
    );
    expect(zone("norms.all", ".sigma")[0]).toMatch('A scalar has no field "sigma".');
  });

  test("[Z5] a repeat zone needs a count", () => {
    const count = (params: Parts, wires: Parts = {}) => graph({ z: loop({ params, in: wires }) });
    expect([count({ count: "=2*@c" }), count({}, { count: "@c" }), count({ count: 0 })]).toEqual([
      [],
      [],
      [],
    ]);
    expect(count({})).toEqual([
      'graph.z.params.count: A repeat zone needs a count. Set the param "count", or wire the input "count". [zone.count]',
    ]);
    expect(count({ count: 1.5 })[0]).toMatch("Expected a whole number of at least 0, got 1.5.");
    expect(count({ count: "3" })[0]).toMatch(
      'Expected a number or an expression such as "=2*sigmaMax", got "3".',
    );
    expect(count({ count: "=@k" })[0]).toMatch('"@k" has a value only inside a loop.');
    expect(count({ count: 1, cuont: 2 })[0]).toMatch(
      'There is no param "cuont". Did you mean "count"?',
    );
  });

  test("[Z6] the condition of a while zone is known before its body runs", () => {
    const zone = (condition: string) =>
      graph({
        z: {
          type: "zone/while",
          v: 1,
          while: condition,
          params: { max: 5 },
          states: { s: { init: "@x", next: "in.x" }, norm: { init: "@c", next: "n.norm" } },
          body: { in: scale("@s"), n: { type: "math/norm", v: 1, in: { x: "in.x" } } },
        },
      });
    expect([zone("@norm"), zone("@c"), zone("@k")]).toEqual([[], [], []]);
    expect(zone("n.norm")).toEqual([
      'graph.z.while: The condition is read before each iteration, so it cannot read "n", a node of the body. Carry it in a state whose "next" is "n.norm". [zone.while]',
    ]);
    expect(zone("@s")[0]).toMatch("expected scalar, got signal");
  });

  test("[Z7] the branches of an if zone have one interface", () => {
    const zone = (a: Parts, b: Parts) =>
      graph({
        z: {
          type: "zone/if",
          v: 1,
          in: { condition: "@c" },
          then: { body: { p: scale("@x") }, outputs: a },
          else: { body: { p: { type: "math/norm", v: 1, in: { x: "@x" } } }, outputs: b },
        },
        after: scale("z.y"),
      });
    expect(zone({ y: "p.x" }, { y: "@x" })).toEqual([]);
    expect(zone({ y: "p.x" }, { y: "p.norm" })[0]).toMatch("expected tensor, got scalar");
    expect(zone({ y: "p.x", w: "p.x" }, { y: "@x" })).toEqual([
      'graph.z.then.outputs.w: Both branches need the same outputs: "else" has no "w". Add "w" to the outputs of "else". [zone.branches]',
    ]);
  });

  test("[G1] nesting is bounded", () => {
    const nested = (depth: number): Parts =>
      depth === 1
        ? loop({ body: { in: scale("@x") } })
        : loop({ states: {}, body: { [`z${depth}`]: nested(depth - 1) } });
    const codes = (depth: number) =>
      validate(documentOf({ graph: { z: nested(depth) } }), graphRegistry).map(({ code }) => code);
    expect(codes(24)).not.toContain("zone.depth");
    expect(codes(25)).toContain("zone.depth");
  });
});

describe("blocks", () => {
  const block = (more: Parts) => ({
    inputs: { p: { kind: "signal" }, w: { kind: "scalar" } },
    graph: { h: { type: "math/scale", v: 1, params: { factor: "=@w" }, in: { x: "@p" } } },
    outputs: { y: "h.x" },
    ...more,
  });
  const use = (more: Parts) => ({
    type: "block",
    use: "half",
    in: { p: "a.x" },
    params: { w: 1 },
    ...more,
  });
  const withBlock = (node: Parts, more: Parts = {}) =>
    graph({ b: node, after: scale("b.y") }, { blocks: { half: block(more) } });

  test("[B1] exist, and their slots are ports", () => {
    expect(withBlock(use({}))).toEqual([]);
    expect(withBlock(use({ params: { w: "=2*@c" } }))).toEqual([]);
    expect(withBlock(use({ params: {}, in: { p: "a.x", w: "@c" } }))).toEqual([]);
    expect(withBlock(use({ use: "hlaf" }))).toEqual([
      'graph.b.use: There is no block "hlaf" in this file. Did you mean "half"? [block.unknown]',
    ]);
    expect(withBlock(use({ params: { v: 1 }, in: { p: "@prior" } }))).toEqual([
      'graph.b.in.p: "@prior" does not fit here: expected signal, got prior. [port.mismatch]',
      'graph.b.in.w: The input "w" needs a wire. [port.missing]',
      'graph.b.params.v: There is no param "v". Known here: "w". [param.unknown]',
    ]);
    expect(withBlock(use({ params: { w: "one" } }))[0]).toMatch('got "one"');
  });

  test("[B3] see nothing but their inputs", () => {
    expect(withBlock(use({}), { graph: { h: scale("a.x"), i: scale("@x") } })).toEqual([
      'blocks.half.graph.h.in.x: There is no node "a" here. Known here: "h", "i". [ref.unknown-node]',
      'blocks.half.graph.i.in.x: There is no input or rail "@x" here. Known here: "p", "w". [ref.unknown-name]',
    ]);
    expect(withBlock(use({}), { outputs: {} })).toEqual([
      "blocks.half.outputs: The block has no outputs. [block.no-outputs]",
      'graph.after.in.x: The node "b" has no output "y". [ref.unknown-port]',
    ]);
  });

  test("[B2] cannot contain themselves", () => {
    const inner = (name: string) =>
      block({
        graph: { h: { type: "block", use: name, in: { p: "@p", w: "@w" } } },
        outputs: { y: "h.y" },
      });
    expect(
      found({
        graph: { b: use({ use: "one", in: { p: "@x" } }) },
        outputs: { y: "b.y" },
        blocks: { one: inner("two"), two: inner("one") },
      }),
    ).toEqual(["blocks.one: A block cannot contain itself: one → two → one. [block.recursive]"]);
  });
});

describe("inputs", () => {
  const slot = (value: unknown) => graph({}, { inputs: { ...slots, extra: value } });

  test("[S1] [S2] defaults give what the slot is for", () => {
    expect(slot({ kind: "schedule", default: { type: "schedule/poly", v: 1 } })).toEqual([]);
    expect(slot({ kind: "scalar", default: 2 })).toEqual([]);
    expect(slot({ kind: "prior", default: { asset: "models/photo64.onnx" } })).toEqual([]);
    expect(slot({ kind: "prior", default: 2 })).toEqual([
      "inputs.extra.default: Expected a default that gives a prior, got 2. [slot.default]",
    ]);
    expect(slot({ kind: "level", default: { asset: "a.npy" } })).toEqual([
      "inputs.extra.default: Expected a default that gives a level, got a file. [slot.default]",
    ]);
    expect(
      slot({
        kind: "prior",
        default: { type: "schedule/poly", v: 1, params: { steps: "=@c", rho: "=sigmaMin" } },
      }),
    ).toEqual([
      "inputs.extra.default: Expected a default that gives a prior, got schedule. [slot.default]",
      'inputs.extra.default.params.steps: "@c" cannot be read in a default. [expression.unknown-name]',
    ]);
    expect(slot({ kind: "level", default: { type: "schedule/first", v: 1 } })[0]).toMatch(
      'its input "schedule" needs a wire',
    );
    expect(slot({ kind: "prior", default: { type: "prior/onx", v: 1 } })).toEqual([
      'inputs.extra.default.type: There is no node type "prior/onx". Did you mean "prior/onnx"? [node.unknown-type]',
    ]);
  });

  test.each([
    "/etc/passwd",
    "../secret",
    "a/../../b",
    "C:\\x",
    "file:///x",
    "https://x/y",
    "~/x",
    "a\\..\\b",
    "",
  ])("[A1] %j is outside the asset folder", (file) => {
    const codes = [
      slot({ kind: "prior", default: { asset: file } }),
      graph({ i: { type: "input/image", v: 1, params: { file } } }),
      graph({}, { task: file }),
    ];
    expect(codes.map(([issue]) => issue?.includes("[asset.outside]"))).toEqual([true, true, true]);
  });
});
