import { describe, expect, test } from "vitest";
import { nodes, registry } from "../../../nodes/index.ts";
import { renderFormula } from "../render-formula.ts";
import { equationsOf, formulaNow } from "./formula-now.ts";
import { replaceSymbols, signed, symbolsIn } from "./symbols.ts";

describe(equationsOf, () => {
  test("equations that a wide space parts stand in lines of their own", () => {
    expect(equationsOf(String.raw`a = b,\quad c = \frac{1}{d} \qquad e`)).toEqual([
      "a = b",
      String.raw`c = \frac{1}{d}`,
      "e",
    ]);
  });

  test("a space inside of brackets or cases parts nothing", () => {
    const formula = String.raw`x = \begin{cases} a \quad b \end{cases} + \sqrt{c \quad d}`;
    expect(equationsOf(formula)).toEqual([formula]);
  });

  test.each(nodes.map(({ type, formula }) => [type, formula] as const))(
    "every equation of %s can be drawn by itself",
    (_, formula) => {
      for (const equation of equationsOf(formula))
        expect(renderFormula(equation, true), equation).not.toBeNull();
    },
  );
});

test("an expression is its formula, with a sign for every input", () => {
  const definition = registry.find("math/expression", 1);
  if (definition === undefined) throw new Error("there is no such node");
  const { formula, symbols } = formulaNow(definition, { expression: "x - 2*scale*size" });
  expect(formula).toContain(String.raw`\mathrm{scale}`);
  expect(symbolsIn(formula, ["x", "scale", "size"], symbols)).toEqual(symbols);
  expect(formulaNow(definition, { expression: "x - (" }).formula).toBe(definition.formula);
});

test("a sign in a formula says whose it is, and nothing else can", () => {
  const text = replaceSymbols("2 a + b", { a: "a" }, (name, symbol) => signed(name, symbol));
  expect(renderFormula(text, true)).toContain('data-sign="a"');
  expect(renderFormula(String.raw`\htmlData{other=1}{x}`, true)).not.toContain("data-other");
});
