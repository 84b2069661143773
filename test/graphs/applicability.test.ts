import { readdirSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { nodes, registry } from "../../nodes/index.ts";
import { IssueError, type Issue } from "../../runtime/base/issue.ts";
import { compile } from "../../runtime/compile/compile.ts";
import { loadPrior, nodeFeed, readGraph, root, syntheticImage } from "../bench/subject.ts";
import { graphsFolder } from "./shipped.ts";

const model = loadPrior(path.join(root, "models"), "photo64");
const image = syntheticImage([1, 3, 32, 32]);
const samplers = readdirSync(path.join(graphsFolder, "samplers"))
  .map((file) => path.basename(file, ".json"))
  .filter(
    (name) => readGraph(`graphs/samplers/${name}.json`).inputs["prior"]?.default !== undefined,
  );
/** Operators of images that need no file and take pictures. */
const operators = nodes
  .filter(({ inputs, outputs }) => Object.keys(inputs).length === 0 && "operator" in outputs)
  .filter(({ params }) => params.safeParse({}).success)
  .map(({ type }) => type)
  .filter(
    (type) =>
      !["mixture", "network", "separable", "stem-mask"].includes(type.slice("operator/".length)),
  );

/** Nothing, or why the sampler refuses the operator before anything runs. */
function refusals(sampler: string, operator: string): readonly Issue[] {
  try {
    compile({
      document: readGraph(`graphs/samplers/${sampler}.json`),
      task: readGraph("graphs/tasks/box-inpainting-64.json"),
      batch: 1,
      registry,
      feeds: {
        image: { kind: "tensor", data: image },
        operator: nodeFeed(operator),
        prior: nodeFeed("prior/onnx", { model: model.name }),
      },
      assets: { tensors: new Map(), models: new Map([[model.name, model]]) },
    });
    return [];
  } catch (error) {
    if (error instanceof IssueError) return error.issues;
    throw error;
  }
}

test.each(operators)(
  "every sampler takes %s, or says what it lacks and what would do",
  (operator) => {
    for (const sampler of samplers)
      for (const { code, message, fix } of refusals(sampler, operator)) {
        const said = `${sampler}: ${message}`;
        expect(["operator.lacks", "gradient.opaque"], said).toContain(code);
        expect(message, said).toMatch(/ has no [a-z -]+[.,]/u);
        expect(fix, said).toMatch(/gradient|pseudo-inverse|decomposition/u);
        // Nothing is recommended that the operator has not.
        const [lacks = ""] = / has no ([a-z -]+)/u.exec(message)?.slice(1) ?? [];
        if (fix?.startsWith("Samplers")) expect(fix, said).not.toContain(`its ${lacks} (`);
      }
  },
);

test("what a sampler needs decides: a mask suits all, a nonlinear blur those that use its gradient", () => {
  const takes = (operator: string) =>
    samplers.filter((sampler) => refusals(sampler, operator).length === 0);
  expect(takes("operator/box-inpainting")).toEqual(samplers);
  expect(takes("operator/nonlinear-blur").toSorted()).toEqual([
    "daps",
    "dps",
    "dps-mo",
    "reddiff-mo",
  ]);
  expect(takes("operator/jpeg")).toEqual(
    expect.arrayContaining(["projdiff", "ddnm", "c-pigdm-nonlinear"]),
  );
  expect(takes("operator/jpeg")).not.toContain("dps");
});
