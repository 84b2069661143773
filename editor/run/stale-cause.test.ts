import { describe, expect, test } from "vitest";
import { example, withNumber } from "../../test/studio/kit.ts";
import type { Document } from "../../runtime/graph/document.ts";
import { staleCauseOf } from "./stale-cause.ts";

const ran = example();
const zone = "graph/reverse";
const guided = `${zone}/body/guided`;

const withExpression = (expression: string): Document => {
  const copy = structuredClone(ran) as unknown as {
    graph: { reverse: { body: { guided: { params: { expression: string } } } } };
  };
  copy.graph.reverse.body.guided.params.expression = expression;
  return copy as unknown as Document;
};

describe(staleCauseOf.name, () => {
  test("names the param that was changed, at its node and at all that is made from it", () => {
    const changed = withNumber(ran, ["inputs", "schedule", "default", "params", "steps"], 12);
    const values = { node: "@schedule", param: "steps", before: "10", after: "12" };
    for (const key of ["inputs/schedule", guided, zone, "outputs/x0"])
      expect(staleCauseOf(changed, ran, key)).toEqual({ key: "run.cause.param", values });
    expect(staleCauseOf(changed, ran, "graph/truth")).toBeNull();
    expect(staleCauseOf(ran, ran, guided)).toBeNull();
  });

  test("names a number that stands in a slot, and the nearest of two changes", () => {
    const number = withNumber(ran, ["inputs", "guidanceScale", "default"], 0.7);
    expect(staleCauseOf(number, ran, "inputs/guidanceScale")).toMatchObject({
      key: "run.cause.param",
      values: { param: "default", after: "0.7" },
    });
    const both = { ...withExpression("x"), inputs: number.inputs };
    expect(staleCauseOf(both, ran, guided)?.values).toMatchObject({ param: "expression" });
  });

  test("leaves values out that are long, and says of other changes only where", () => {
    const long = withExpression(`x + ${"0 + ".repeat(20)}0`);
    expect(staleCauseOf(long, ran, guided)?.key).toBe("run.cause.param-long");
    const { reverse } = ran.graph;
    const rewired = {
      ...ran,
      graph: { ...ran.graph, reverse: { ...reverse, in: { count: "x.y" } } },
    };
    expect(staleCauseOf(rewired as unknown as Document, ran, zone)).toEqual({
      key: "run.cause.node",
      values: { node: "reverse" },
    });
  });
});
