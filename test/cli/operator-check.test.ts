import { copyFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { checkOperator } from "../../cli/commands/operator-check.ts";
import { openOn } from "../../cli/commands/operator-check/written.ts";
import { registry } from "../../nodes/index.ts";
import type { Operator } from "../../runtime/graph/values.ts";
import { scale } from "../../runtime/trace/math.ts";
import { cpu } from "../engine/kit.ts";
import { operatorOf } from "../support/evaluate.ts";
import { newFolder } from "../support/new-folder.ts";
import { call, writeJson } from "./support/try-run.ts";

const toyNetwork = path.resolve(import.meta.dirname, "../golden/priors/toy_gray28.onnx");
const signal = [2, 8, 12];
const made = (type: string, params: object = {}) => {
  const [definition] = registry.versions(type);
  if (definition === undefined) throw new Error(`no ${type}`);
  return operatorOf(definition, params, signal);
};
const average = made("operator/average", { factor: 4 });
const hdr = made("operator/hdr");
const { apply, vjp, adjoint, pinv, pinvTransposed, projector, svd } = average;
if (!vjp || !adjoint || !pinv || !pinvTransposed || !projector || !svd || !hdr.vjp)
  throw new Error("the operators of the test lack a column");

const checked = async (operator: Operator) =>
  checkOperator(openOn(await cpu()), {
    name: "it",
    made: { bound: true, operator },
    shapes: [],
  });

describe("checkOperator", () => {
  test("finds nothing wrong with what is right", async () => {
    expect(await checked(average)).toMatchObject({ verdict: "pass", findings: [] });
    expect(await checked(hdr)).toMatchObject({ verdict: "pass", findings: [] });
    expect(await checked(made("operator/quantisation"))).toMatchObject({ verdict: "pass" });
  });

  const double = <A extends unknown[]>(f: (emit: never, ...args: A) => never) =>
    ((emit: never, ...args: A) => scale(emit, f(emit, ...args), 2)) as never;
  test.each<readonly [string, Operator, RegExp]>([
    [
      "a gradient twice too large",
      { ...average, vjp: double(vjp as never) },
      /gradient is not that of differences/,
    ],
    [
      "a gradient of a nonlinear one",
      { ...hdr, vjp: (emit, _, r) => scale(emit, r, 2) },
      /gradient is not/,
    ],
    [
      "an adjoint twice too large",
      { ...average, adjoint: double(adjoint as never) },
      /adjoint is not the transpose/,
    ],
    [
      "a pseudo-inverse twice too large",
      { ...average, pinv: double(pinv as never) },
      /A A⁺ A is not A/,
    ],
    [
      "its transpose twice too large",
      { ...average, pinvTransposed: double(pinvTransposed as never) },
      /A⁺ᵀ is not/,
    ],
    ["a projector that is none", { ...average, projector: (_, x) => x }, /projector is not A⁺A/],
    [
      "singular values twice too large",
      {
        ...average,
        svd: { ...svd, singularValues: (emit) => scale(emit, svd.singularValues(emit), 2) },
      },
      /decomposition is not its own/,
    ],
    [
      "a largest eigenvalue too small",
      { ...average, lipschitz: 0.05 },
      /is 0\.05000, and it is at least 0\.0625/,
    ],
    ["one too small, nonlinear", { ...hdr, lipschitz: 2 }, /JᵀJ is 2\.000, and it is at least 4/],
    ["being linear", { ...hdr, linear: true }, /says that it is linear/],
    [
      "another shape",
      {
        label: "it",
        linear: true,
        signal,
        measurement: [2, 2, 3],
        apply: (_, x) => x,
        lipschitz: 1,
      },
      /shape \[2,2,3\], and made one of \[2,8,12\]/,
    ],
  ])("fails one that claims %s", async (_, operator, sentence) => {
    const { verdict, findings } = await checked(operator);
    expect(verdict).toBe("fail");
    const wrong = findings.filter((finding) => finding.verdict === "fail");
    expect(wrong.map(({ message }) => message).join("\n")).toMatch(sentence);
  });

  test("warns of an eigenvalue that is too large, and of a linear one that does not say so", async () => {
    const large = await checked({ ...average, lipschitz: 1 });
    expect(large).toMatchObject({ verdict: "pass" });
    expect(large.findings.map(({ message }) => message).join()).toMatch(/steps are shorter/);
    const silent = await checked({ ...average, linear: false });
    expect(silent.findings.map(({ message }) => message).join()).toMatch(/behaves linearly/);
  });

  test("measures the numbers that are known in closed form", async () => {
    const { checked: numbers } = await checked(average);
    expect(numbers?.measured.eigenvalue).toBeCloseTo(1 / 16, 5);
    expect(numbers?.measured.measurement).toEqual([2, 2, 3]);
    expect(numbers?.has).toContain("svd");
    expect(apply).toBe(average.apply);
  });
});

describe("denoodle operator check", () => {
  test("prints a line an operator, and exits 0 where all do what they say", async () => {
    const args = ["average:factor=2", "operator/hdr", "--shape", "1,8,8"];
    const { exit, terminal } = await call(newFolder(), "operator", "check", ...args);
    expect(exit).toBe(0);
    const lines = terminal.outLines.join("\n");
    expect(lines).toMatch(/pass {2}operator\/average:factor=2 +\[1,8,8\] → \[1,4,4\] +linear/);
    expect(lines).toMatch(/pass {2}operator\/hdr .* nonlinear /);
    expect(lines).toContain("2 of 2 operators do what they say");
  });

  test("checks the operators of a graph on its picture, also one made of others", async () => {
    const folder = newFolder();
    const node = (type: string, more: object) => ({ type, v: 1, ...more });
    const graph = {
      denoodle: 1,
      name: "two",
      inputs: {
        x: { kind: "signal", default: { asset: "fashion_0.png" } },
        operator: {
          kind: "operator",
          default: node("operator/average", { params: { factor: 2 } }),
        },
      },
      graph: {
        bright: node("operator/hdr", {}),
        both: node("operator/compose", { in: { outer: "@operator", inner: "bright.operator" } }),
        bound: node("operator/in-space", { in: { operator: "both.operator", space: "@x" } }),
        y: node("operator/apply", { in: { operator: "bound.operator", x: "@x" } }),
      },
      outputs: { y: "y.y" },
    };
    writeJson(folder, "two.json", graph);
    const { exit, terminal } = await call(folder, "operator", "check", "two.json", "--json");
    const { operators } = JSON.parse(terminal.outLines.join("\n")) as {
      operators: readonly { name: string; checked: { signal: number[]; linear: boolean } }[];
    };
    expect(operators.map(({ name }) => name)).toEqual([
      "two.json @operator",
      "two.json bright",
      "two.json both",
    ]);
    expect(operators.map(({ checked: { signal: shape } }) => shape)).toEqual([
      [1, 28, 28],
      [1, 28, 28],
      [1, 28, 28],
    ]);
    expect(exit).toBe(0);
  });

  test("exits 1 where a claim is wrong, or what was named cannot be checked", async () => {
    const folder = newFolder();
    copyFileSync(toyNetwork, path.join(folder, "toy.onnx"));
    const network = 'network:model=toy,constants={"sigma":1},lipschitz=0.001';
    const wrong = await call(folder, "operator", "check", network, "--shape", "1,8,8");
    expect(wrong.exit).toBe(1);
    expect(wrong.terminal.outLines.join("\n")).toMatch(
      /fail: It says that the largest eigenvalue of JᵀJ is 0\.001/,
    );
    const open = await call(folder, "operator", "check", "average:factor=5");
    expect(open.exit).toBe(1);
    expect(open.terminal.outLines.join("\n")).toContain("a height and a width that 5 divides");
  });

  test.each<readonly [readonly string[], number, string]>([
    [["operator"], 2, "knows one thing"],
    [["operator", "check", "average", "--shape", "1,x"], 2, "--shape: expected whole numbers"],
    [["operator", "check", "operator/averages"], 1, 'Did you mean "operator/average"?'],
    [["operator", "check", "compose"], 1, "is made of other operators: outer, inner"],
    [["operator", "check", "nowhere.json"], 1, "no graph file"],
  ])("says what is wrong with %j", async (args, exit, sentence) => {
    const called = await call(newFolder(), ...args);
    expect(called.exit).toBe(exit);
    expect(called.terminal.errLines.join("\n")).toContain(sentence);
  });

  test("finds every shipped operator to do what it says", async () => {
    const { exit, terminal } = await call(newFolder(), "operator", "check");
    expect(terminal.outLines.filter((line) => line.startsWith("FAIL"))).toEqual([]);
    expect(exit).toBe(0);
  });
});
