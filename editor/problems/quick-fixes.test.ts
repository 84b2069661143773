import { produce } from "immer";
import { describe, expect, test } from "vitest";
import { registry } from "../../nodes/index.ts";
import { z } from "zod";
import { createRegistry, defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import type { Document } from "../../runtime/graph/document.ts";
import { graphsFolder, readShipped } from "../../test/graphs/shipped.ts";
import { analyse } from "../document/analysis.ts";
import { english } from "../i18n/english.ts";
import { quickFixes } from "./quick-fixes.ts";

const sampler = (change: (draft: Graph) => void): Document => {
  const graph = structuredClone(base);
  change(graph);
  return graph as unknown as Document;
};

interface Graph {
  inputs: Record<string, Record<string, unknown>>;
  graph: Record<string, Record<string, unknown>>;
  outputs: Record<string, string>;
  blocks: Record<string, unknown>;
  task?: string;
}

const base = {
  denoodle: 1,
  name: "Annealed",
  inputs: {
    prior: { kind: "prior" },
    operator: { kind: "operator" },
    measurement: { kind: "measurement" },
    noise: { kind: "scalar", default: 0.05 },
    schedule: {
      kind: "schedule",
      default: { type: "schedule/poly", v: 1, params: { steps: 10, sigmaMax: 3 } },
    },
  },
  graph: {
    first: { type: "schedule/first", v: 1, in: { schedule: "@schedule" } },
    start: { type: "math/noise", v: 1, in: { space: "@operator", level: "first.level" } },
    anneal: {
      type: "zone/for-each",
      v: 1,
      each: { level: "@schedule.levels", next: "@schedule.nextLevels" },
      states: { x: { init: "start.x", next: "euler.x" } },
      body: {
        denoise: {
          type: "prior/denoise",
          v: 1,
          in: { prior: "@prior", x: "@x", level: "@level" },
        },
        euler: {
          type: "sampler/euler",
          v: 1,
          in: { x: "@x", x0: "denoise.x0", level: "@level", next: "@next" },
        },
      },
    },
    residual: {
      type: "metric/residual",
      v: 1,
      params: { noiseStd: "=2*@noise" },
      in: { operator: "@operator", x: "anneal.x", measurement: "@measurement" },
    },
  },
  outputs: { x0: "anneal.x" },
  blocks: {},
};

const body = (graph: Graph): Record<string, { in: Record<string, string> }> =>
  graph.graph["anneal"]?.["body"] as Record<string, { in: Record<string, string> }>;
const node = (
  graph: Graph,
  id: string,
): { in: Record<string, string>; params: Record<string, unknown>; type: string; v: number } =>
  graph.graph[id] as never;

interface LoopDraft {
  states: Record<string, { init: string; next: string }>;
}
const loop = (graph: Graph): LoopDraft => graph.graph["anneal"] as unknown as LoopDraft;

function whileZone(graph: Graph, params: Record<string, number>, condition: string): void {
  graph.graph["settle"] = {
    type: "zone/while",
    v: 1,
    params,
    while: condition,
    states: { y: { init: "start.x", next: "less.x" } },
    body: {
      less: { type: "math/scale", v: 1, params: { factor: 0.5 }, in: { x: "@y" } },
      size: { type: "math/norm", v: 1, in: { x: "less.x" } },
    },
  };
}

/** A fault, the code of its issue, and what the first mend is called. */
const faults: readonly (readonly [string, string, string, (graph: Graph) => void])[] = [
  [
    "a node misspelt",
    "ref.unknown-node",
    "replace",
    (g) => void (body(g)["euler"]!.in["x0"] = "denois.x0"),
  ],
  [
    "a slot without @",
    "ref.unknown-node",
    "replace",
    (g) => void (body(g)["denoise"]!.in["prior"] = "prior.prior"),
  ],
  [
    "a rail misspelt",
    "ref.unknown-name",
    "replace",
    (g) => void (body(g)["denoise"]!.in["level"] = "@levl"),
  ],
  [
    "a port misspelt",
    "ref.unknown-port",
    "replace",
    (g) => void (body(g)["euler"]!.in["x0"] = "denoise.xo"),
  ],
  [
    "a field misspelt",
    "ref.unknown-field",
    "replace",
    (g) => void (node(g, "start").in["level"] = "@schedule.frst"),
  ],
  [
    "a level for a number",
    "port.mismatch",
    "read",
    (g) => void (node(g, "residual").in["noiseStd"] = "first.level"),
  ],
  [
    "an input misspelt",
    "port.unknown",
    "replace",
    (g) => {
      const { x, ...others } = node(g, "residual").in;
      node(g, "residual").in = { ...others, xx: x ?? "" };
    },
  ],
  [
    "an input too many",
    "port.unknown",
    "disconnect",
    (g) => void (node(g, "residual").in["groundTruth"] = "anneal.x"),
  ],
  ["no operator", "port.missing", "wire", (g) => void delete node(g, "residual").in["operator"]],
  [
    "an earlier value that is not kept",
    "ref.depth",
    "depth",
    (g) => void (body(g)["euler"]!.in["x"] = "@x.1"),
  ],
  [
    "an earlier value by the name of its zone",
    "ref.depth",
    "depth",
    (g) => void (body(g)["euler"]!.in["x"] = "@anneal.x.2"),
  ],
  [
    "a param too many",
    "param.unknown",
    "removeParam",
    (g) => void (node(g, "start").params = { colour: "red" }),
  ],
  [
    "a param misspelt",
    "param.unknown",
    "replace",
    (g) => void (node(g, "residual").params = { noisStd: 0.1 }),
  ],
  [
    "a number out of its range",
    "param.invalid",
    "clamp",
    (g) => void (node(g, "residual").params = { noiseStd: -1 }),
  ],
  [
    "a number out of its range in a default",
    "param.invalid",
    "clamp",
    (g) => {
      (g.inputs["schedule"]!["default"] as { params: Record<string, unknown> }).params["steps"] =
        2.5;
    },
  ],
  [
    "text for a number",
    "param.invalid",
    "reset",
    (g) => void (node(g, "residual").params = { noiseStd: "much" }),
  ],
  [
    "an expression that does not end",
    "expression.invalid",
    "reset",
    (g) => void (node(g, "residual").params = { noiseStd: "=2*" }),
  ],
  [
    "a name in an expression misspelt",
    "ref.unknown-name",
    "replace",
    (g) => void (node(g, "residual").params = { noiseStd: "=2*@nois" }),
  ],
  [
    "a slot in an expression without @",
    "expression.unknown-name",
    "replace",
    (g) => void (node(g, "residual").params = { noiseStd: "=2*noise" }),
  ],
  [
    "a number that reads itself",
    "expression.cycle",
    "reset",
    (g) => void (node(g, "residual").params = { noiseStd: "=noiseStd" }),
  ],
  [
    "a type misspelt",
    "node.unknown-type",
    "type",
    (g) => void (node(g, "start").type = "math/nois"),
  ],
  [
    "a version that is not there",
    "node.unknown-version",
    "version",
    (g) => void (node(g, "start").v = 9),
  ],
  ["no outputs", "graph.no-outputs", "output", (g) => void (g.outputs = {})],
  [
    "an output that leads nowhere",
    "ref.unknown-node",
    "remove",
    (g) => void (g.outputs["lost"] = "nobodyKnowsThis.x"),
  ],
  [
    "no count",
    "zone.count",
    "count",
    (g) => {
      const { each: _, ...loop } = g.graph["anneal"] as Record<string, unknown>;
      const inner = { more: { type: "math/scale", v: 1, in: { x: "@x" } } };
      g.graph["anneal"] = {
        ...loop,
        type: "zone/repeat",
        states: { x: { init: "start.x", next: "more.x" } },
        body: inner,
      };
    },
  ],
  [
    "a default of another kind",
    "slot.default",
    "removeDefault",
    (g) => void (g.inputs["operator"]!["default"] = 3),
  ],
  [
    "a block that is not there",
    "block.unknown",
    "replace",
    (g) => {
      g.blocks["halve"] = {
        inputs: { x: { kind: "signal" } },
        graph: { half: { type: "math/scale", v: 1, params: { factor: 0.5 }, in: { x: "@x" } } },
        outputs: { x: "half.x" },
      };
      g.graph["half"] = { type: "block", use: "halv", in: { x: "anneal.x" } };
    },
  ],
  [
    "a scan of a tensor",
    "zone.scan",
    "remove",
    (g) => void (g.graph["anneal"]!["scans"] = { all: "denoise.x0" }),
  ],
  [
    "an id that is none",
    "name.malformed",
    "rename",
    (g) => {
      g.graph["my start"] = g.graph["start"]!;
      delete g.graph["start"];
      loop(g).states["x"]!.init = "my start.x";
    },
  ],
  [
    "a slot named as a word of JavaScript",
    "name.reserved",
    "rename",
    (g) => {
      g.inputs["constructor"] = { kind: "scalar", default: 0.05 };
      node(g, "residual").params = { noiseStd: "=2*@constructor" };
    },
  ],
  [
    "an id that hides an outer one",
    "name.shadowed",
    "rename",
    (g) => {
      const inner = body(g) as Record<string, unknown>;
      inner["first"] = inner["denoise"];
      delete inner["denoise"];
      body(g)["euler"]!.in["x0"] = "first.x0";
    },
  ],
  [
    "a rail that hides an input",
    "name.shadowed",
    "rename",
    (g) => {
      loop(g).states["noise"] = { init: "start.x", next: "euler.x" };
    },
  ],
  [
    "a circle in a loop",
    "graph.cycle",
    "carry",
    (g) => {
      const inner = body(g) as Record<string, unknown>;
      inner["more"] = { type: "math/add", v: 1, in: { a: "@x", b: "again.x" } };
      inner["again"] = { type: "math/scale", v: 1, in: { x: "more.x" } };
    },
  ],
  [
    "a circle in the graph",
    "graph.cycle",
    "cut",
    (g) => {
      g.graph["a"] = { type: "math/constant", v: 1, in: { space: "@operator", like: "b.x" } };
      g.graph["b"] = { type: "math/scale", v: 1, in: { x: "a.x" } };
    },
  ],
  [
    "a zone that reads what comes out of it",
    "graph.cycle",
    "read",
    (g) => void (body(g)["denoise"]!.in["x"] = "anneal.x"),
  ],
  [
    "a condition that comes of the body",
    "zone.while",
    "carry",
    (g) => {
      whileZone(g, { max: 9 }, "size.norm");
    },
  ],
  [
    "a while zone without a limit",
    "param.invalid",
    "max",
    (g) => {
      whileZone(g, {}, "@isFirst");
    },
  ],
  [
    "a loop from which nothing comes",
    "zone.no-output",
    "carry",
    (g) => {
      g.graph["lost"] = {
        type: "zone/repeat",
        v: 1,
        params: { count: 2 },
        body: { more: { type: "math/scale", v: 1, in: { x: "anneal.x" } } },
      };
    },
  ],
  [
    "a zone with nothing in it",
    "zone.empty",
    "remove",
    (g) => {
      const states = { y: { init: "start.x", next: "@y" } };
      g.graph["lost"] = { type: "zone/repeat", v: 1, params: { count: 2 }, states, body: {} };
    },
  ],
  [
    "a for-each without a list",
    "zone.each",
    "visit",
    (g) => {
      const inner = { more: { type: "math/scale", v: 1, in: { x: "@y" } } };
      const states = { y: { init: "start.x", next: "more.x" } };
      g.graph["lost"] = { type: "zone/for-each", v: 1, each: {}, states, body: inner };
    },
  ],
  [
    "a state that holds an operator",
    "zone.state",
    "readDirectly",
    (g) => void (loop(g).states["a"] = { init: "@operator", next: "@a" }),
  ],
  [
    "an output of one branch only",
    "zone.branches",
    "remove",
    (g) => {
      g.graph["choice"] = {
        type: "zone/if",
        v: 1,
        in: { condition: "@noise" },
        then: { body: {}, outputs: { x: "anneal.x", more: "start.x" } },
        else: { body: {}, outputs: { x: "anneal.x" } },
      };
    },
  ],
  [
    "an output misspelt in one branch",
    "zone.branches",
    "replace",
    (g) => {
      g.graph["choice"] = {
        type: "zone/if",
        v: 1,
        in: { condition: "@noise" },
        then: { body: {}, outputs: { result: "anneal.x" } },
        else: { body: {}, outputs: { resalt: "anneal.x" } },
      };
    },
  ],
  [
    "a state that begins with nothing yet",
    "ref.missing",
    "wire",
    (g) => void (loop(g).states["x"]!.init = ""),
  ],
  [
    "a file out of the asset folder",
    "asset.outside",
    "replace",
    (g) => void (g.inputs["measurement"]!["default"] = { asset: "../secret/photo.png" }),
  ],
  [
    "a block without outputs",
    "block.no-outputs",
    "output",
    (g) => {
      g.blocks["halve"] = {
        inputs: { x: { kind: "signal" } },
        graph: { half: { type: "math/scale", v: 1, params: { factor: 0.5 }, in: { x: "@x" } } },
        outputs: {},
      };
    },
  ],
];

describe("an input without a wire", () => {
  /** What it is offered to read. */
  const offered = (spoil: (graph: Graph) => void): readonly unknown[] => {
    const analysis = analyse(sampler(spoil), registry);
    const issue = analysis.issues.find(({ code }) => code === "port.missing");
    if (issue === undefined) throw new Error("nothing is missing");
    return quickFixes(issue, analysis, registry).map(({ label }) => label.values?.["ref"]);
  };

  test.each([
    ["denoise", "level", "@level"],
    ["denoise", "x", "@x"],
    ["euler", "next", "@next"],
    ["euler", "x0", "denoise.x0"],
  ])("%s.%s is offered what has its name, the nearest first", (id, name, ref) => {
    expect(offered((g) => void delete body(g)[id]!.in[name])[0]).toBe(ref);
  });

  test("of a tensor the kind alone is no reason: the measurement is no signal", () => {
    const spoil = (g: Graph) => void (g.graph["limits"] = { type: "math/clamp", v: 1 });
    expect(offered(spoil)).toEqual(["start.x", "anneal.x"]);
  });
});

test("the graph that the cases spoil is well", () => {
  expect(
    analyse(
      sampler(() => undefined),
      registry,
    ).issues,
  ).toEqual([]);
});

describe.each(faults)("%s", (_, code, name, spoil) => {
  const document = sampler(spoil);
  const analysis = analyse(document, registry);
  const issue = analysis.issues.find((each) => each.code === code);

  test(`is ${code}, and the first mend ends it and makes no other`, () => {
    expect(analysis.issues.map((each) => each.code)).toContain(code);
    if (issue === undefined) return;
    const [fix] = quickFixes(issue, analysis, registry);
    expect(fix?.label.key).toBe(`problems.fix.${name}`);
    const mended = produce(document, (draft) => fix?.recipe(draft));
    const left = analyse(mended, registry).issues;
    expect(left.length).toBeLessThan(analysis.issues.length);
    const known = analysis.issues.map(({ message }) => message);
    expect(left.filter(({ message }) => !known.includes(message))).toEqual([]);
  });

  test("every mend offered changes the document, and its words are in the catalogue", () => {
    const fixes = issue === undefined ? [] : quickFixes(issue, analysis, registry);
    expect(fixes.length).toBeGreaterThan(0);
    for (const { label, recipe } of fixes) {
      expect(produce(document, (draft) => recipe(draft))).not.toBe(document);
      expect(Object.keys(english.problems.fix)).toContain(label.key.split(".").at(-1));
    }
  });
});

test("an adapter goes between, where one is known", () => {
  const none = z.strictObject({});
  const plain = {
    v: 1,
    title: "T",
    summary: "",
    formula: "",
    source: "",
    params: none,
    scalars: none,
  };
  const signed = port.signal({ range: "[-1,1]" });
  const unit = port.signal({ range: "[0,1]" });
  const node = { ...plain, build: () => ({}) as never };
  const types = createRegistry([
    defineNode({ ...node, type: "test/make", inputs: {}, outputs: { x: signed } }),
    defineNode({ ...node, type: "test/to-unit", inputs: { x: signed }, outputs: { y: unit } }),
    defineNode({ ...node, type: "test/show", inputs: { x: unit }, outputs: { x: unit } }),
  ]);
  const document: Document = {
    denoodle: 1,
    name: "Ranges",
    inputs: {},
    graph: {
      make: { type: "test/make", v: 1 },
      show: { type: "test/show", v: 1, in: { x: "make.x" } },
    },
    outputs: { x: "show.x" },
    blocks: {},
  };
  const analysis = analyse(document, types);
  const [issue] = analysis.issues;
  const [fix] = issue === undefined ? [] : quickFixes(issue, analysis, types);
  expect(fix?.label.key).toBe("problems.fix.insert");
  const mended = produce(document, (draft) => fix?.recipe(draft));
  expect(analyse(mended, types).issues).toEqual([]);
  expect(mended.graph["toUnit"]).toEqual({ type: "test/to-unit", v: 1, in: { x: "make.x" } });
});

describe("what only a run finds", () => {
  const models = ["fashion28", "music8k", "photo64"];
  const mend = (code: string, path: readonly string[], change: (graph: Graph) => void) => {
    const document = sampler(change);
    const issue = { code, message: "It is not there.", at: { path } };
    const fixes = quickFixes(issue, analyse(document, registry), registry, models);
    const [first] = fixes;
    const mended = first === undefined ? document : produce(document, first.recipe);
    return { labels: fixes.map(({ label }) => label), mended };
  };
  const own = ["inputs", "prior", "default", "params", "model"];

  test("a model that is not there may be one that is, the most alike first", () => {
    const { labels, mended } = mend("asset.missing", own, (g) => {
      g.inputs["prior"]!["default"] = { type: "prior/onnx", v: 1, params: { model: "photo46" } };
    });
    expect(labels.map(({ values }) => values)).toEqual(
      ["photo64", "fashion28", "music8k"].map((name) => ({ name })),
    );
    expect(mended.inputs["prior"]?.default).toMatchObject({ params: { model: "photo64" } });
  });

  test("a prior that nobody gave may be one that is there", () => {
    const { mended } = mend("slot.missing", ["inputs", "prior"], () => undefined);
    expect(mended.inputs["prior"]?.default).toMatchObject({ params: { model: "fashion28" } });
    expect(mend("slot.missing", ["inputs", "operator"], () => undefined).labels).toEqual([]);
  });

  test("a file that has changed is taken as it is: its hash goes", () => {
    const path = ["inputs", "measurement", "default", "asset"];
    const { mended } = mend("asset.changed", path, (g) => {
      g.inputs["measurement"]!["default"] = { asset: "y.npy", sha256: "00" };
    });
    expect(mended.inputs["measurement"]?.default).toEqual({ asset: "y.npy" });
  });

  test("a while zone that its limit ended may go on for twice as long", () => {
    const { mended } = mend("zone.limit", ["graph", "settle", "params", "max"], (g) => {
      whileZone(g, { max: 9 }, "@isFirst");
    });
    expect(mended.graph["settle"]).toMatchObject({ params: { max: 18 } });
  });
});

describe("an operator that lacks what a node needs", () => {
  const mo = readShipped(`${graphsFolder}/samplers/dps-mo.json`);
  const issue = {
    code: "operator.lacks",
    message: "Quantisation to 2 bits has no gradient.",
    at: { node: "anneal/sgld/chain/gradient" },
  };

  test("has an estimate put in the place of its gradient, inside the block, with its wires", () => {
    const [fix, ...others] = quickFixes(issue, analyse(mo, registry), registry);
    expect(others).toEqual([]);
    expect(fix?.label.values).toEqual({ title: "Estimated gradient" });
    const mended = produce(mo, (draft) => fix?.recipe(draft));
    expect(analyse(mended, registry).issues).toEqual([]);
    const chain = mended.blocks["sgld"]?.graph["chain"] as { body: Record<string, unknown> };
    expect(chain.body["gradient"]).toMatchObject({
      type: "gradient/estimate",
      params: { method: "differences" },
      in: { operator: "@operator", x: "@u", measurement: "@measurement" },
    });
  });

  test("has no mend where no node stands for it, or the place is not there", () => {
    const fixesAt = (node: string) =>
      quickFixes({ ...issue, at: { node } }, analyse(mo, registry), registry);
    expect(fixesAt("anneal/denoise")).toEqual([]);
    expect(fixesAt("anneal/nowhere/gradient")).toEqual([]);
  });
});
