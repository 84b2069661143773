import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import type { Operator } from "../../runtime/graph/values.ts";
import type { Value } from "../../runtime/ir/primitives.ts";
import type { Emit } from "../../runtime/ir/program.ts";
import { formatShape, sameShape, type Shape } from "../../runtime/tensor/tensor.ts";
import { affine } from "../../runtime/trace/math.ts";
import { createRecorder } from "../../runtime/trace/recorder.ts";
import { applyNetwork, networkMap, signalFor, type NetworkMap } from "./shared/network-map.ts";
import { passesGradient, reverseMode } from "./shared/reverse-mode.ts";

const ranges = ["[-1,1]", "[0,1]"] as const;

const params = z.strictObject({
  model: z
    .string()
    .min(1)
    .meta({ description: "A name in the library, or a path inside the asset folder." }),
  input: z
    .string()
    .optional()
    .meta({ description: "The name of the signal's input, where it cannot be told." }),
  output: z
    .string()
    .optional()
    .meta({ description: "The name of the measurement's output, where it cannot be told." }),
  constants: z
    .record(z.string(), z.number())
    .optional()
    .meta({ description: "Values of further inputs, by name." }),
  signal: z
    .array(z.int().min(1))
    .min(1)
    .max(4)
    .optional()
    .meta({ description: "The signal's shape without the samples, [channels, height, width]." }),
  inputRange: z
    .enum(ranges)
    .default("[-1,1]")
    .meta({ description: "The range that the network takes pictures in." }),
  outputRange: z
    .enum(ranges)
    .default("[-1,1]")
    .meta({ description: "The range that it gives its answer in." }),
  lipschitz: z.number().positive().default(1).meta({
    description: "The largest eigenvalue of JᵀJ, of its Jacobian: samplers tie their step to it.",
  }),
});
type Params = z.infer<typeof params>;

export const networkOperator = defineNode({
  type: "operator/network",
  v: 1,
  title: "Network operator",
  summary:
    "Any network from an .onnx file as the forward operator: a learned degradation, or a decoder whose latents are the signal. Its gradient is taken through the network; it has no pseudo-inverse. Ranges say what the network takes and gives; outside of it values are in [-1,1]. lipschitz is the largest eigenvalue of the Jacobian's JᵀJ, to which samplers tie their step; denoodle operator check measures it.",
  formula: "A(x) = f_\\theta(x)",
  source: "Denoodle",
  params,
  scalars: z.strictObject({}),
  inputs: {},
  outputs: { operator: port.operator() },
  assets: ({ model }) => [{ kind: "model", file: model, path: ["model"] }],
  build({ params: { model, ...given }, ctx }) {
    const map = networkMap(ctx.model(model), given);
    return {
      operator: {
        bound: false,
        family: {
          label: map.model.name,
          signalOf: (measurement) => given.signal ?? signalFor(map, measurement),
          bind: (signal) => bindNetwork(map, signal, given),
        },
      },
    };
  },
});

function bindNetwork(map: NetworkMap, signal: Shape, given: Omit<Params, "model">): Operator {
  const { name } = map.model;
  if (given.signal !== undefined && !sameShape(given.signal, signal))
    throw new RangeError(
      `${name} acts on signals of shape ${formatShape(given.signal)} by its param signal, this one has ${formatShape(signal)}`,
    );
  const [before, after] = [given.inputRange === "[0,1]", given.outputRange === "[0,1]"];
  const apply = (emit: Emit, x: Value) => {
    const y = applyNetwork(emit, map, before ? affine(emit, x, 0.5, 0.5) : x);
    return after ? affine(emit, y, 2, -1) : y;
  };
  const measurement = measurementOf(name, apply, signal);
  return {
    label: name,
    linear: false,
    signal,
    measurement,
    apply,
    ...(passesGradient(apply, signal) && { vjp: reverseMode(apply) }),
    lipschitz: given.lipschitz,
  };
}

function measurementOf(name: string, apply: (emit: Emit, x: Value) => Value, signal: Shape): Shape {
  const recorder = createRecorder();
  const { shape } = apply(recorder, recorder.input({ dtype: "float32", shape: [1, ...signal] }));
  if (shape.length >= 2 && shape[0] === 1) return shape.slice(1);
  throw new RangeError(
    `${name} gives ${formatShape(shape)} for one sample; the first axis of a measurement counts samples, and there is at least one more`,
  );
}
