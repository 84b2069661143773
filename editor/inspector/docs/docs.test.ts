import katex from "katex";
import { describe, expect, test } from "vitest";
import { registry } from "../../../nodes/index.ts";
import { fieldsOf } from "../fields/fields-of.ts";
import { safeKatex } from "../katex-options.ts";
import { renderFormula } from "../render-formula.ts";
import { operatorColumns } from "./operator-columns.ts";
import { boxed, latexNumber, replaceSymbols, symbolOfName, symbolsIn } from "./symbols.ts";

const definitions = registry.types.flatMap((type) => registry.versions(type));

describe(symbolsIn, () => {
  test("names of the house style are signs of the formula", () => {
    expect(symbolOfName("sigmaMax")).toBe("\\sigma_{\\max}");
    expect(symbolOfName("beta1")).toBe("\\beta_1");
    expect(symbolOfName("alphaBar")).toBe("\\bar\\alpha");
    expect(symbolOfName("steps")).toBeNull();
  });

  test("claims nothing of what only looks alike", () => {
    expect(symbolsIn("\\sigma_t + \\etas", ["sigma", "eta"])).toEqual({});
    expect(symbolsIn("\\sigma' + \\sigma", ["sigma"])).toEqual({ sigma: "\\sigma" });
    expect(replaceSymbols("\\sigma' + \\sigma", { sigma: "\\sigma" }, () => "{2}")).toBe(
      "\\sigma' + {2}",
    );
  });

  test("the polynomial schedule has its numbers in its formula", () => {
    const poly = registry.find("schedule/poly", 1);
    const symbols = symbolsIn(poly?.formula ?? "", ["sigmaMax", "sigmaMin", "rho", "steps"]);
    expect(Object.keys(symbols)).toEqual(["sigmaMax", "sigmaMin", "rho"]);
    const values: Record<string, number> = { sigmaMax: 10, sigmaMin: 0.05, rho: 7 };
    const text = replaceSymbols(poly?.formula ?? "", symbols, (name) =>
      latexNumber(values[name] ?? 0),
    );
    expect(text).not.toMatch(/\\rho|\\max|\\min/);
    expect(text.match(/\{10\}/g)).toHaveLength(2);
  });

  test("writes small and negative numbers as mathematics", () => {
    expect(latexNumber(1e-8)).toBe("{(1\\cdot 10^{-8})}");
    expect(latexNumber(-2)).toBe("{(-2)}");
    expect(latexNumber(3, "2")).toBe("{(3)}");
  });
});

describe.each(definitions.map((definition) => [definition.type, definition] as const))(
  "%s",
  (_, definition) => {
    test("its formula can be drawn, plain, with a sign marked, and with its numbers", () => {
      const params = fieldsOf(definition);
      const symbols = symbolsIn(
        definition.formula,
        params.map(({ name }) => name),
        definition.symbols,
      );
      const drawn = [
        definition.formula,
        replaceSymbols(definition.formula, symbols, (_name, symbol) => boxed(symbol)),
        replaceSymbols(definition.formula, symbols, () => latexNumber(0.00012)),
      ];
      for (const latex of drawn)
        expect(
          () => katex.renderToString(latex, { ...safeKatex, throwOnError: true }),
          latex,
        ).not.toThrow();
    });
  },
);

test("every sign that a definition names stands in its formula and is a param's", () => {
  const named = definitions.filter(({ symbols }) => symbols !== undefined);
  expect(named.length).toBeGreaterThan(10);
  for (const { type, formula, symbols = {}, params, scalars } of named) {
    const names = Object.keys({ ...params.shape, ...scalars.shape });
    expect(names, type).toEqual(expect.arrayContaining(Object.keys(symbols)));
    expect(symbolsIn(formula, names, symbols), type).toMatchObject(symbols);
  }
});

test("numbers do not run into one another", () => {
  const langevin = registry.find("sampler/langevin", 1);
  const values: Record<string, number> = { step: 0.1, temperature: 1, anchorStd: 2 };
  const symbols = symbolsIn(langevin?.formula ?? "", Object.keys(values), langevin?.symbols);
  const text = replaceSymbols(langevin?.formula ?? "", symbols, (name, _, before) =>
    latexNumber(values[name] ?? 0, before),
  );
  expect(text).toBe(
    "x - {0.1}\\Big(g + \\frac{x - a}{{2}^2}\\Big) + \\sqrt{2{(0.1)} {(1)}}\\,\\varepsilon",
  );
});

describe(renderFormula, () => {
  test.each([
    ["\\href{javascript:alert(1)}{x}"],
    ["\\htmlData{onclick=alert(1)}{x}"],
    ["\\htmlStyle{background:url(https://example.org)}{x}"],
    ["\\htmlClass{app}{x}"],
    ["\\htmlId{root}{x}"],
    ["\\includegraphics{https://example.org/x.png}"],
    ["\\url{javascript:alert(1)}"],
    ["<img src=x onerror=alert(1)>"],
    ["\\text{<script>alert(1)</script>}"],
  ])("%s makes neither a link, an attribute of its own, a picture nor a script", (latex) => {
    const html = renderFormula(latex, false) ?? "";
    const tags = html.match(/<[^>]*>/g) ?? [];
    for (const tag of tags) {
      expect(tag).not.toMatch(/<(a|img|script|iframe|object)\b/i);
      expect(tag).not.toMatch(/\s(href|src|on\w+|data-[\w-]+|id)=|url\(/i);
    }
  });

  test("a macro that grows without end is refused, and so is what is no formula", () => {
    expect(renderFormula("\\def\\a{\\a\\a}\\a", false)).toBeNull();
    expect(renderFormula("\\frac{1", false)).toBeNull();
  });

  test("one formula defines nothing for the next", () => {
    expect(renderFormula("\\gdef\\mine{1}\\mine", false)).not.toBeNull();
    expect(renderFormula("\\mine", false)).toBeNull();
  });
});

describe(operatorColumns, () => {
  const columns = (type: string, given = {}) => {
    const definition = registry.versions(type)[0];
    const found = definition === undefined ? null : operatorColumns(definition, given);
    return found === null ? null : [...found];
  };
  test("tells what an operator provides, with the params that it has", () => {
    expect(columns("operator/average")).toEqual(
      expect.arrayContaining(["linear", "adjoint", "pinv", "svd"]),
    );
    expect(columns("operator/jpeg")).not.toContain("linear");
    expect(columns("operator/hdr")).toContain("vjp");
  });

  test("is silent where only a run can tell: a file is needed, or another operator, or it is none", () => {
    expect(columns("operator/mask", { file: "mask.png" })).toBeNull();
    expect(columns("operator/compose")).toBeNull();
    expect(columns("sampler/ddim")).toBeNull();
    expect(columns("operator/average", { factor: -1 })).toBeNull();
  });

  test("knows most operators of the registry", () => {
    const operators = definitions.filter(
      ({ outputs, inputs }) =>
        Object.values(outputs)[0]?.kind === "operator" && Object.keys(inputs).length === 0,
    );
    const known = operators.filter((definition) => operatorColumns(definition, {}) !== null);
    expect(known.length).toBeGreaterThan(operators.length / 2);
  });
});
