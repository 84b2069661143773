import { z } from "zod";
import { issueError } from "../../runtime/base/issue.ts";
import type { InputPort, Ports, Registry } from "../../runtime/graph/define-node.ts";
import { createRegistry, defineNode, optional } from "../../runtime/graph/define-node.ts";
import { isExpressionIssue, parseExpression } from "../../runtime/graph/expression-parse.ts";
import { namesIn } from "../../runtime/graph/expression.ts";
import { port } from "../../runtime/graph/ports.ts";

const none = z.strictObject({});

interface Parts {
  readonly v?: number;
  readonly params?: z.ZodObject;
  readonly scalars?: z.ZodObject;
  readonly inputs?: Ports<InputPort>;
  readonly outputs?: Ports;
  readonly ports?: (params: Record<string, unknown>) => {
    readonly inputs: Ports<InputPort>;
    readonly outputs: Ports;
  };
}

/** A definition that can be checked and not built. */
function aNode(
  type: string,
  { v = 1, params = none, scalars = none, inputs = {}, outputs = {}, ports }: Parts,
) {
  return defineNode({
    type,
    v,
    params,
    scalars,
    inputs,
    outputs,
    title: type,
    summary: type,
    formula: "",
    source: "Denoodle",
    ...(ports === undefined ? {} : { ports }),
    assets: ({ file }: { file?: unknown }) =>
      typeof file === "string" ? [{ kind: "image", file, path: ["file"] }] : [],
    build: () => {
      throw new Error("internal: these definitions are for checking only");
    },
  });
}

const x = { x: port.tensor() };
const ab = { a: port.tensor(), b: port.tensor() };

/** Inputs named by the expression. */
function expressionPorts({ expression }: Record<string, unknown>) {
  const parsed = parseExpression(String(expression));
  if (isExpressionIssue(parsed)) throw issueError(parsed.code, parsed.message);
  const inputs = Object.fromEntries(namesIn(parsed).map((name) => [name, port.number()]));
  return { inputs, outputs: { x: port.number() } };
}

/** A few nodes of each kind, shaped as the real ones. */
export const graphRegistry: Registry = createRegistry([
  aNode("math/noise", {
    params: z.strictObject({ stream: z.string().optional() }),
    inputs: {
      space: optional(port.operator()),
      like: optional(port.tensor()),
      level: optional(port.level()),
    },
    outputs: { x: port.signal() },
  }),
  aNode("math/constant", {
    scalars: z.strictObject({ value: z.number().default(0) }),
    inputs: { space: optional(port.operator()), like: optional(port.tensor()) },
    outputs: x,
  }),
  aNode("math/add-noise", {
    inputs: { x: port.signal(), level: port.level() },
    outputs: { x: port.signal() },
  }),
  aNode("math/scale", {
    scalars: z.strictObject({ factor: z.number().default(1) }),
    inputs: x,
    outputs: x,
  }),
  aNode("math/clamp", {
    scalars: z
      .strictObject({ min: z.number().min(-10).default(-1), max: z.number().default(1) })
      .refine(({ min, max }) => min < max, "Expected min below max"),
    inputs: x,
    outputs: x,
  }),
  aNode("math/add", { inputs: ab, outputs: x }),
  aNode("math/subtract", { inputs: ab, outputs: x }),
  aNode("math/norm", { inputs: x, outputs: { norm: port.scalar() } }),
  aNode("math/expression", {
    params: z.strictObject({ expression: z.string().min(1) }),
    ports: expressionPorts,
  }),
  aNode("math/to-unit-range", {
    inputs: { x: port.tensor({ range: "[-1,1]" }) },
    outputs: { x: port.tensor({ range: "[0,1]" }) },
  }),
  aNode("schedule/poly", {
    params: z.strictObject({ end: z.enum(["append", "replace", "none"]).default("append") }),
    scalars: z.strictObject({
      steps: z.int().min(1).max(100000).default(50),
      sigmaMax: z.number().positive().default(10),
      sigmaMin: z.number().positive().default(0.05),
      rho: z.number().positive().default(7),
    }),
    outputs: { schedule: port.schedule() },
  }),
  aNode("schedule/first", {
    inputs: { schedule: port.schedule() },
    outputs: { level: port.level() },
  }),
  aNode("prior/onnx", {
    params: z.strictObject({ model: z.string() }),
    outputs: { prior: port.prior() },
  }),
  aNode("prior/denoise", {
    inputs: {
      prior: port.prior(),
      x: port.signal(),
      level: port.level(),
      condition: optional(port.level()),
    },
    outputs: {
      x0: port.signal({ range: "[-1,1]", estimates: "x0" }),
      eps: port.signal({ estimates: "eps" }),
    },
  }),
  aNode("prior/denoise", { v: 3, inputs: { prior: port.prior() }, outputs: { x0: port.signal() } }),
  aNode("sampler/euler", {
    inputs: {
      x: port.signal(),
      x0: port.signal({ estimates: "x0" }),
      level: port.level(),
      next: port.level(),
    },
    outputs: { x: port.signal() },
  }),
  aNode("operator/average", {
    params: z.strictObject({ factor: z.int().min(1).default(4) }),
    outputs: { operator: port.operator() },
  }),
  aNode("operator/apply", {
    inputs: { operator: port.operator(), x: port.signal() },
    outputs: { y: port.measurement() },
  }),
  aNode("operator/data-gradient", {
    inputs: { operator: port.operator(), x: port.signal(), measurement: port.measurement() },
    outputs: { gradient: port.signal() },
  }),
  aNode("input/image", {
    params: z.strictObject({ file: z.string() }),
    outputs: { image: port.signal({ range: "[-1,1]" }) },
  }),
  aNode("metric/ssim", {
    inputs: { x: port.signal({ range: "[0,1]" }), groundTruth: port.signal({ range: "[0,1]" }) },
    outputs: { value: port.scalar() },
  }),
  aNode("output/show", { inputs: { x: port.tensor() } }),
]);
