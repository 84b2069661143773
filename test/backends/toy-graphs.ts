import { expressionFunctions } from "../../runtime/graph/expression-functions.ts";
import { readDocument } from "../../runtime/graph/read.ts";
import { float32 } from "../../runtime/tensor/tensor.ts";
import type { GraphCase } from "./run-case.ts";

const shape = [2, 1, 6, 5];

/** Values from -limit to limit, the same everywhere. */
const wave = (limit: number) =>
  float32(
    Float32Array.from({ length: 60 }, (_, i) => limit * Math.sin(12.9898 * i + 1)),
    shape,
  );

function toyCase(
  name: string,
  graph: object,
  outputs: Readonly<Record<string, string>>,
): GraphCase {
  const inputs = { x: { kind: "signal" } };
  const { document, issues } = readDocument({ denoodle: 1, name, inputs, graph, outputs });
  if (document === null) throw new Error(issues.map(({ message }) => message).join("\n"));
  return { name, document, feeds: { x: { kind: "tensor", data: wave(1.5) } }, batch: 2 };
}

const expression = (text: string, wires: Readonly<Record<string, string>>) => ({
  type: "math/expression",
  v: 1,
  params: { expression: text },
  in: wires,
});

const branches = {
  condition: expression("k > 1", { k: "@k" }),
  choose: {
    type: "zone/if",
    v: 1,
    in: { condition: "condition.x" },
    then: {
      body: { half: { type: "math/scale", v: 1, params: { factor: 0.5 }, in: { x: "inner.w" } } },
      outputs: { x: "half.x" },
    },
    else: {
      body: { shifted: expression("tanh(u) + 0.1", { u: "inner.w" }) },
      outputs: { x: "shifted.x" },
    },
  },
};

/** Zones in zones, an if, scans of tensors and numbers, noise, norms, and a gradient of one. */
export const toyGraph: GraphCase = toyCase(
  "nested zones",
  {
    outer: {
      type: "zone/repeat",
      v: 1,
      params: { count: 4 },
      states: { u: { init: "@x", next: "step.x" } },
      scans: { size: "size.norm", slope: "slope.gradient", count: "number.x" },
      body: {
        inner: {
          type: "zone/repeat",
          v: 1,
          params: { count: 3 },
          states: { w: { init: "@u", next: "move.x" } },
          body: {
            fresh: { type: "math/noise", v: 1, in: { like: "@w" } },
            move: expression("w + 0.05*exp(-w^2)*n - 0.01*i", { w: "@w", n: "fresh.x", i: "@k" }),
          },
        },
        ...branches,
        size: { type: "math/norm", v: 1, in: { x: "choose.x" } },
        squashed: expression("sigmoid(3*u) + sqrt(abs(u) + 1)", { u: "choose.x" }),
        length: { type: "math/norm", v: 1, in: { x: "squashed.x" } },
        slope: { type: "gradient/of", v: 1, in: { of: "length.norm", wrt: "choose.x" } },
        number: expression("k^2/3", { k: "@k" }),
        step: expression("u - 0.3*g/s", { u: "choose.x", g: "slope.gradient", s: "size.norm" }),
      },
    },
    last: { type: "math/norm", v: 1, in: { x: "outer.u" } },
  },
  {
    u: "outer.u",
    size: "outer.size",
    slope: "outer.slope",
    count: "outer.count",
    last: "last.norm",
  },
);

const second: Readonly<Record<string, string>> = {
  min: ", 0.3",
  max: ", 0.3",
  pow: ", 2.5",
  clamp: ", -0.5, 0.7",
};

/** Where a function is defined everywhere only on positive numbers, or steep, it is given those. */
const argument: Readonly<Record<string, string>> = {
  sqrt: "abs(x) + 0.1",
  log: "abs(x) + 0.1",
  pow: "abs(x) + 0.1",
  tan: "0.5*x",
};

/** Every function of the expression language, one output each. */
export const functionsGraph: GraphCase = toyCase(
  "every function of expressions",
  Object.fromEntries(
    Object.keys(expressionFunctions).map((name) => [
      `${name}1`,
      expression(`${name}(${argument[name] ?? "x"}${second[name] ?? ""})`, { x: "@x" }),
    ]),
  ),
  Object.fromEntries(Object.keys(expressionFunctions).map((name) => [name, `${name}1.x`])),
);
