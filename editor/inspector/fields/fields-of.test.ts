import { describe, expect, test } from "vitest";
import { registry } from "../../../nodes/index.ts";
import { readParams } from "../../../runtime/graph/params.ts";
import type { Field } from "./field.ts";
import { fieldsOf } from "./fields-of.ts";
import { hasForm, startValue } from "./values.ts";

const definitions = registry.types.flatMap((type) => registry.versions(type));
const params = definitions.flatMap((definition) =>
  fieldsOf(definition).map((param) => ({
    definition,
    param,
    name: `${definition.type} ${param.name}`,
  })),
);

/** Params whose schema names no form that a field could begin with: a file must be named by a person. */
const hasText = (field: Field): boolean =>
  field.kind === "text" ||
  (field.kind === "object" && field.fields.some((part) => hasText(part.field))) ||
  (field.kind === "union" && hasText(field.options[0]?.field ?? { kind: "json" }));

describe(fieldsOf, () => {
  test.each(definitions.map((definition) => [definition.type, definition] as const))(
    "%s: every param has a field, and no other",
    (_, definition) => {
      const names = [
        ...Object.keys(definition.scalars.shape),
        ...Object.keys(definition.params.shape),
      ];
      expect(fieldsOf(definition).map(({ name }) => name)).toEqual(names);
    },
  );

  test("every default has the form of its field", () => {
    const wrong = params.filter(
      ({ param: { field, fallback } }) => fallback !== undefined && !hasForm(field, fallback),
    );
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });

  test("what a form begins with is taken, but for files that only a person can name", () => {
    const refused = params.filter(({ definition, param }) => {
      const { faults } = readParams(definition, { [param.name]: startValue(param.field) });
      return faults.some(({ path }) => path[0] === param.name) && !hasText(param.field);
    });
    // a rule between the two numbers, which JSON Schema cannot say; the field says it in words
    expect(refused.map(({ name }) => name)).toEqual(["prior/onnx sigmaRange"]);
  });

  test("each form of a union begins with a value of that form", () => {
    const unions = params.flatMap(({ param, name }) =>
      param.field.kind === "union" ? [{ name, options: param.field.options }] : [],
    );
    expect(unions.length).toBeGreaterThan(3);
    const wrong = unions.flatMap(({ name, options }) =>
      options.filter(({ field }) => !hasForm(field, startValue(field))).map(() => name),
    );
    expect(wrong).toEqual([]);
  });

  test("a switch is used only where it is on or off", () => {
    const learned = params.find(({ name }) => name === "prior/onnx learnedVariance");
    expect(learned?.param.field).toEqual({ kind: "choice", values: [true, false] });
  });

  test("scalars are those that take expressions and wires", () => {
    const poly = registry.find("schedule/poly", 1);
    if (poly === undefined) throw new Error("no schedule/poly");
    expect(fieldsOf(poly).map(({ name, scalar }) => [name, scalar])).toEqual([
      ["steps", true],
      ["sigmaMax", true],
      ["sigmaMin", true],
      ["rho", true],
      ["end", false],
    ]);
  });
});
