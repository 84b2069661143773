import { describe, expect, test } from "vitest";
import { registry } from "../../nodes/index.ts";
import { asConvention, draftOf, isComplete, withFields, withFit } from "./convention.ts";
import { namesModel } from "./model-params.ts";
import { isChosen, predictions } from "./options.ts";
import type { AnswerTo } from "./prior-checks.ts";

const read: AnswerTo<"read"> = {
  ask: "read",
  sha256: "",
  signature: { inputs: [], outputs: [], opset: 17, producer: "", parameters: 0 },
  card: { predicts: "v" },
  names: { predicts: "x0", process: "ve", conditioning: "sigma", input: "x" },
  shapes: { channels: 3, multipleOf: 16 },
  usual: { predicts: "eps", process: "vp-discrete", conditioning: "index" },
  issues: [],
  faults: [],
};

describe("a draft", () => {
  test("has what is surest, and says where it comes from", () => {
    const { convention, sources } = draftOf(read);
    expect(convention).toMatchObject({ predicts: "v", process: "ve", channels: 3, multipleOf: 16 });
    expect(sources).toMatchObject({ predicts: "card", process: "names", channels: "shapes" });
  });

  test("is open until all three questions have an answer", () => {
    const draft = draftOf(read);
    expect(isComplete(draft)).toBe(true);
    expect(isComplete(withFields(draft, { predicts: undefined }, "person"))).toBe(false);
  });

  test("takes a convention that fits in place of the one before, and keeps the rest", () => {
    const before = withFields(draftOf(read), { dataTime: 0, timeScale: 5 }, "person");
    const fit = { predicts: "eps", process: "vp-discrete", conditioning: "index" } as const;
    const { convention, sources } = withFit(before, fit);
    expect(convention).toMatchObject({ ...fit, channels: 3, multipleOf: 16 });
    expect(convention).not.toHaveProperty("timeScale");
    expect(convention).not.toHaveProperty("dataTime");
    expect(sources.predicts).toBe("tested");
  });

  test("leaves out what no parametrisation has", () => {
    expect(asConvention({ predicts: "nothing" })).toEqual({});
  });
});

test("noise with a learned variance is another answer than noise alone", () => {
  const chosen = (given: object) =>
    predictions.filter((option) => isChosen(option, asConvention({ ...given }))).map((o) => o.id);
  expect(chosen({ predicts: "eps" })).toEqual(["eps"]);
  expect(chosen({ predicts: "eps", learnedVariance: true })).toEqual(["epsVariance"]);
  expect(chosen({ predicts: "x0", learnedVariance: true })).toEqual(["x0"]);
});

test("every param that names a model, and no other, is known as one", () => {
  for (const type of registry.types)
    for (const definition of registry.versions(type)) {
      const params = Object.keys(definition.params.shape);
      const found = params.filter((name) => namesModel(definition, name));
      const isOfModel = definition.params.shape["model"] !== undefined;
      expect([type, found]).toEqual([type, isOfModel ? ["model"] : []]);
    }
});
