import { describe, expect, test } from "vitest";
import { registry } from "../../nodes/index.ts";
import type { Document } from "../../runtime/graph/document.ts";
import { analyse } from "../document/analysis.ts";
import { problemsOf, stepFrom } from "./problem-list.ts";

const document: Document = {
  denoodle: 1,
  name: "Faulty",
  inputs: { schedule: { kind: "schedule" } },
  graph: {
    zero: { type: "math/expression", v: 1, params: { expression: "0" } },
    loop: {
      type: "zone/for-each",
      v: 1,
      each: { level: "@schedule.levels" },
      states: { x: { init: "zero.x", next: "sum.x" } },
      body: {
        sum: { type: "math/expression", v: 1, params: { expression: "x+1" }, in: { x: "@y" } },
        choice: {
          type: "zone/if",
          v: 1,
          in: { condition: "@isFirst" },
          then: { body: { inner: { type: "math/constant", v: 1 } }, outputs: { x: "inner.x" } },
          else: { body: {}, outputs: { x: "@x" } },
        },
      },
    },
  },
  outputs: {},
  blocks: {},
};
const analysis = analyse(document, registry);
const ofRun = {
  code: "run.slow",
  message: "It is slow.",
  at: { node: "loop/sum", iteration: [3] },
};

describe(problemsOf, () => {
  test("knows a problem again when those before it are mended, and tells two of a kind at one place apart", () => {
    const twice = [ofRun, { ...ofRun, message: "It is very slow." }];
    const all = problemsOf(analysis, { issues: twice, phase: "done" });
    const ids = all.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const fewer = problemsOf(
      { ...analysis, issues: analysis.issues.slice(1) },
      { issues: twice, phase: "done" },
    );
    expect(fewer.map(({ id }) => id)).toEqual(ids.slice(1));
  });

  test("lists what keeps the graph from running in the order of the file, each at its place", () => {
    const problems = problemsOf(analysis, { issues: [], phase: "idle" });
    expect(problems.map(({ issue }) => issue)).toEqual(analysis.issues);
    const rail = problems.find(({ issue }) => issue.code === "ref.unknown-name");
    expect(rail?.key).toBe("graph/loop/body/sum/in/x");
    expect(rail?.place).toBe("loop/sum · in x");
    expect(new Set(problems.map(({ id }) => id)).size).toBe(problems.length);
  });

  test("says once of a file that the graph lacks and its run did not find, between the graph's and the run's", () => {
    const lacked = {
      code: "asset.missing",
      message: "There is no file.",
      at: { path: ["inputs", "schedule", "default", "asset"] },
    };
    const run = { issues: [lacked, ofRun], phase: "failed" as const };
    const problems = problemsOf(analysis, run, [lacked]);
    const last = problems.slice(-2);
    expect(last.map(({ issue, from }) => [issue.code, from])).toEqual([
      ["asset.missing", "graph"],
      ["run.slow", "run"],
    ]);
    expect(last[0]?.key).toBe("inputs/schedule/default/asset");
  });

  test("has a place for what concerns the whole graph: none", () => {
    const whole = problemsOf(analysis, { issues: [], phase: "idle" }).find(
      ({ issue }) => issue.code === "graph.no-outputs",
    );
    expect(whole).toMatchObject({ key: null, place: "" });
  });

  test("what a run found is an error where the run failed, and a warning below all errors where it went on", () => {
    const failed = problemsOf(analysis, { issues: [ofRun], phase: "failed" });
    expect(failed.find(({ from }) => from === "run")?.severity).toBe("error");
    const problems = problemsOf(analysis, { issues: [ofRun], phase: "running" });
    expect(problems.at(-1)).toMatchObject({
      severity: "warning",
      from: "run",
      key: "graph/loop/body/sum",
    });
  });

  test("does not say twice what the document and the run both found", () => {
    const [first] = analysis.issues;
    const problems = problemsOf(analysis, {
      issues: first === undefined ? [] : [first],
      phase: "failed",
    });
    expect(problems).toHaveLength(analysis.issues.length);
  });
});

describe(stepFrom, () => {
  const problems = problemsOf(analysis, { issues: [ofRun], phase: "running" });
  test("goes around the ends, and begins at either of them", () => {
    expect(stepFrom(problems, null, 1)).toBe(problems[0]);
    expect(stepFrom(problems, null, -1)).toBe(problems.at(-1));
    expect(stepFrom(problems, problems.at(-1)?.id ?? null, 1)).toBe(problems[0]);
    expect(stepFrom(problems, problems[0]?.id ?? null, -1)).toBe(problems.at(-1));
    expect(stepFrom([], null, 1)).toBeNull();
  });
});
