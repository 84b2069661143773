import { describe, expect, test } from "vitest";
import { registry } from "../../../nodes/index.ts";
import type { Document } from "../../../runtime/graph/document.ts";
import { analyse } from "../../document/analysis.ts";
import { scopeAt } from "../../document/keys.ts";
import {
  completions,
  languageNames,
  namesInScope,
  namesOfScalars,
  valueNow,
  wordAt,
} from "./expression-names.ts";

const document: Document = {
  denoodle: 1,
  name: "Names",
  inputs: {
    noise: { kind: "scalar", default: 0.05 },
    free: { kind: "scalar" },
    schedule: { kind: "schedule" },
    prior: { kind: "prior" },
  },
  graph: {
    zero: { type: "math/expression", v: 1, params: { expression: "0" } },
    loop: {
      type: "zone/for-each",
      v: 1,
      each: { level: "@schedule.levels" },
      states: { step: { init: "@noise", next: "@step", depth: 2 } },
      body: {},
    },
  },
  outputs: {},
  blocks: {},
};
const analysis = analyse(document, registry);
const namesAt = (key: string) => {
  const scope = scopeAt(document, key);
  return scope === null ? [] : namesInScope(scope, analysis);
};
const list = (key: string): readonly string[] => namesAt(key).map(({ name }) => name);

describe(namesInScope, () => {
  test("in the graph: its numbers, and the fields of inputs that are numbers", () => {
    expect(list("graph")).toEqual(["@noise", "@free", "@schedule.steps"]);
  });

  test("in a loop: counters, elements, states and those it keeps, then what is around", () => {
    expect(list("graph/loop/body")).toEqual([
      "@k",
      "@N",
      "@isFirst",
      "@isLast",
      "@level.alpha",
      "@level.sigma",
      "@level.alphaBar",
      "@level.ratio",
      "@step",
      "@step.1",
      "@noise",
      "@free",
      "@schedule.steps",
    ]);
  });

  test("knows the numbers that are written, and of no other", () => {
    const values = Object.fromEntries(namesAt("graph").map(({ name, value }) => [name, value]));
    expect(values).toEqual({ "@noise": 0.05, "@free": null, "@schedule.steps": null });
  });

  test("the engine takes each of them in an expression", () => {
    for (const name of list("graph/loop/body")) {
      const body = { c: { type: "math/constant", v: 1, params: { value: `=2*${name}` } } };
      const loop = document.graph["loop"];
      const tried = { ...document, graph: { ...document.graph, loop: { ...loop, body } } };
      const issues = analyse(tried as Document, registry).issuesAt("graph/loop/body/c/params");
      expect(issues, name).toEqual([]);
    }
  });
});

describe(valueNow, () => {
  const names = [...namesAt("graph"), ...languageNames];
  test("computes where every name is known, and is silent elsewhere", () => {
    expect(valueNow("=2*@noise + sqrt(4)", names)).toBe(2.1);
    expect(valueNow("=pi", names)).toBe(Math.PI);
    expect(valueNow("=2*@free", names)).toBeNull();
    expect(valueNow("=2*", names)).toBeNull();
    expect(valueNow("=nobody", names)).toBeNull();
  });
});

describe(namesOfScalars, () => {
  test("computes one number from another, and gives up on a circle", () => {
    const values = (given: Record<string, unknown>) =>
      Object.fromEntries(
        namesOfScalars(given, namesAt("graph")).map(({ name, value }) => [name, value]),
      );
    expect(values({ a: "=2*b", b: "=@noise", c: null })).toEqual({ a: 0.1, b: 0.05, c: null });
    expect(values({ a: "=b", b: "=a" })).toEqual({ a: null, b: null });
  });
});

describe(completions, () => {
  const names = [...namesAt("graph/loop/body"), ...languageNames];
  const offered = (text: string) =>
    completions(wordAt(text, text.length).word, names).map(({ name }) => name);
  test("goes on from the word at the caret", () => {
    expect(offered("=2*@le")).toEqual([
      "@level.alpha",
      "@level.sigma",
      "@level.alphaBar",
      "@level.ratio",
    ]);
    expect(offered("=sq")).toEqual(["sqrt("]);
    expect(offered("=@level.si")).toEqual(["@level.sigma"]);
  });

  test("finds what contains the word after what begins with it, and offers nothing without one", () => {
    expect(offered("=sig")).toEqual(["sign(", "sigmoid(", "@level.sigma"]);
    expect(offered("=2*")).toEqual([]);
  });
});
