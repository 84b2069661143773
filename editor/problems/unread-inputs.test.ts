import { produce } from "immer";
import { describe, expect, test } from "vitest";
import { registry } from "../../nodes/index.ts";
import type { Document } from "../../runtime/graph/document.ts";
import { graphsFolder, readShipped, shippedFiles } from "../../test/graphs/shipped.ts";
import { analyse } from "../document/analysis.ts";
import { problemsOf } from "./problem-list.ts";
import { quickFixes } from "./quick-fixes.ts";
import { unreadInputs } from "./unread-inputs.ts";

test.each(shippedFiles())("%s reads all of its inputs", (file) => {
  expect(unreadInputs(readShipped(file))).toEqual([]);
});

describe("an input that nothing reads", () => {
  const dps = readShipped(`${graphsFolder}/samplers/dps.json`);
  const cut: Document = {
    ...dps,
    inputs: { ...dps.inputs, spare: { kind: "scalar", default: 1 } },
  };

  test("is a warning at its place, after all else", () => {
    const problems = problemsOf(analyse(cut, registry), { issues: [], phase: "idle" });
    expect(problems.map(({ severity, key, place }) => [severity, key, place])).toEqual([
      ["warning", "inputs/spare", "@spare"],
    ]);
  });

  test("is removed by its mend", () => {
    const analysis = analyse(cut, registry);
    const [issue] = unreadInputs(cut);
    const [fix] = issue === undefined ? [] : quickFixes(issue, analysis, registry);
    expect(fix?.label).toEqual({ key: "problems.fix.remove", values: { name: "spare" } });
    const mended = produce(cut, (draft) => fix?.recipe(draft));
    expect(Object.keys(mended.inputs)).toEqual(Object.keys(dps.inputs));
  });

  test("is none once something reads it", () => {
    expect(unreadInputs({ ...cut, outputs: { ...cut.outputs, spare: "@spare" } })).toEqual([]);
  });
});
