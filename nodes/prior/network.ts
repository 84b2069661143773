import { issueError } from "../../runtime/base/issue.ts";
import type { SignalRule } from "../../runtime/graph/values.ts";
import type { DType, Shape } from "../../runtime/tensor/tensor.ts";
import { formatShape } from "../../runtime/tensor/tensor.ts";
import type { ModelSignature, SignatureTensor } from "../../runtime/onnx/signature.ts";
import type { PartialParametrisation } from "./parametrisation.ts";

/** Which of a network's inputs is the state, which its time, and which output is the answer. */
export interface NetworkPorts {
  readonly input: SignatureTensor;
  readonly inputDtype: FloatDType;
  /** null: the network is told nothing about the noise. */
  readonly time: (SignatureTensor & { readonly dtype: TimeDType }) | null;
  readonly output: string;
  /** Place of the output in the model's order. */
  readonly outputIndex: number;
  /** Inputs that hold one number: name, value, and how it is fed. */
  readonly constants: readonly (SignatureTensor & {
    readonly dtype: TimeDType;
    readonly value: number;
  })[];
}

export type FloatDType = Extract<DType, "float32" | "float16" | "float64">;
export type TimeDType = "float32" | "float64" | "int64" | "int32";

/**
 * Matches a network's signature with what is known of it.
 *
 * @throws IssueError `prior.network` with a sentence that says which name is wanted.
 */
export function networkPorts(
  { inputs, outputs }: ModelSignature,
  known: PartialParametrisation,
): NetworkPorts {
  const input = stateInput(inputs, known);
  const others = inputs.filter(({ name }) => name !== input.name);
  const time = known.conditioning === "none" ? null : timeInput(others, known);
  const constants = others
    .filter(({ name }) => name !== time?.name)
    .map((tensor) => ({ ...tensor, dtype: timeDtype(tensor), value: constantFor(tensor, known) }));
  const outputIndex = outputPlace(
    outputs.map(({ name }) => name),
    known,
  );
  return {
    input,
    inputDtype: floatDtype(input),
    time: time === null ? null : { ...time, dtype: timeDtype(time) },
    output: outputs[outputIndex]?.name ?? "",
    outputIndex,
    constants,
  };
}

function stateInput(
  inputs: readonly SignatureTensor[],
  known: PartialParametrisation,
): SignatureTensor {
  const images = inputs.filter(({ dtype, dims }) => dtype.startsWith("float") && dims.length >= 2);
  const found =
    known.input === undefined
      ? images.length === 1
        ? images[0]
        : images.find(({ name }) => stateNames.includes(name))
      : inputs.find(({ name }) => name === known.input);
  if (found !== undefined) return found;
  throw refuse("input", "the noisy signal", known.input, inputs);
}

const stateNames = ["x", "xt", "x_t", "sample", "input", "image", "z"];

function timeInput(
  others: readonly SignatureTensor[],
  known: PartialParametrisation,
): SignatureTensor {
  const small = others.filter(({ dims, name }) => isSingle(dims) && !hasConstant(known, name));
  const found =
    known.timeInput === undefined
      ? small.length === 1
        ? small[0]
        : small.find(({ name }) => timeNames.test(name))
      : others.find(({ name }) => name === known.timeInput);
  if (found !== undefined) return found;
  throw refuse("timeInput", "the noise level or time", known.timeInput, others);
}

const timeNames = /^(?:sigmas?|noise_?(?:level|labels?)|t|time_?steps?|times?|c_noise)$/i;

const hasConstant = ({ constants = {} }: PartialParametrisation, name: string) =>
  Object.hasOwn(constants, name);

/** Rank 0, [N] or [N, 1, …]. */
const isSingle = (dims: SignatureTensor["dims"]) => dims.slice(1).every((d) => d === 1);

function outputPlace(
  names: readonly string[],
  { output, predicts }: PartialParametrisation,
): number {
  if (output === undefined && names.length === 1) return 0;
  const place = names.findIndex((name) => name === (output ?? predicts));
  if (place >= 0) return place;
  throw refuse(
    "output",
    "the answer",
    output,
    names.map((name) => ({ name, dtype: "", dims: [] })),
  );
}

function refuse(
  param: string,
  what: string,
  given: string | undefined,
  there: readonly SignatureTensor[],
) {
  const names = there.map(({ name }) => `"${name}"`).join(", ") || "none";
  const message =
    given === undefined
      ? `It cannot be told which of the network's tensors is ${what}; there are ${names}.`
      : `The network has no "${given}" for ${what}; there are ${names}.`;
  return issueError(
    "prior.network",
    message,
    { path: ["params", param] },
    {
      fix: `Name it with the param ${param}.`,
    },
  );
}

function constantFor(
  { name }: SignatureTensor,
  { constants = {} }: PartialParametrisation,
): number {
  const value = Object.hasOwn(constants, name) ? constants[name] : undefined;
  if (value !== undefined) return value;
  throw issueError(
    "prior.network",
    `The network also wants the input "${name}".`,
    {
      path: ["params", "constants"],
    },
    { fix: `Give it a number: "constants": { "${name}": 0 }.` },
  );
}

function floatDtype({ name, dtype }: SignatureTensor): FloatDType {
  if (dtype === "float32" || dtype === "float16" || dtype === "float64") return dtype;
  throw issueError(
    "prior.network",
    `The network's input "${name}" holds ${dtype}; a signal is float.`,
  );
}

function timeDtype({ name, dtype }: SignatureTensor): TimeDType {
  if (dtype === "float32" || dtype === "float64" || dtype === "int64" || dtype === "int32")
    return dtype;
  throw issueError(
    "prior.network",
    `The network's input "${name}" holds ${dtype}, which a number cannot be fed as.`,
    {},
    { fix: "Export the network with a float32 or int64 time." },
  );
}

/** The shape of a one-number input for a batch. */
export function feedShape({ dims }: SignatureTensor, batch: number): Shape {
  return dims.map((d, i) => (typeof d === "number" ? d : i === 0 ? batch : 1));
}

/** Which signals the network takes: what is known of it, else what its input's dimensions say. */
export function signalRule(
  { dims }: SignatureTensor,
  { channels, spatial, multipleOf }: PartialParametrisation,
): SignalRule {
  const fixed = (d: SignatureTensor["dims"][number] | undefined) =>
    typeof d === "number" ? d : null;
  const wanted = channels ?? fixed(dims[1]);
  return {
    ...(dims.length === 0 ? {} : { axes: dims.length - 1 }),
    ...(wanted === null ? {} : { channels: wanted }),
    spatial: spatial ?? dims.slice(2).map(fixed),
    multipleOf: multipleOf ?? 1,
  };
}

/** Why the network cannot take signals of this shape (without batch); null when it can. */
export function whyNotSignal(
  { axes, channels: wanted, spatial: sizes = [], multipleOf = 1 }: SignalRule,
  signal: Shape,
): string | null {
  const [channels, ...spatial] = signal;
  const text = formatShape(signal);
  if (axes !== undefined && axes !== signal.length)
    return `The network takes signals of ${axes} axes, got ${text}.`;
  if (wanted !== undefined && wanted !== channels)
    return `The network takes ${plural(wanted, "channel")}, the signal ${text} has ${channels}.`;
  if (spatial.some((d, i) => (sizes[i] ?? d) !== d))
    return `The network takes signals of size ${sizes.map((d) => d ?? "any").join(" x ")}, got ${spatial.join(" x ")}.`;
  if (spatial.some((d) => d % multipleOf !== 0))
    return `The network takes sizes that are multiples of ${multipleOf}, got ${spatial.join(" x ")}.`;
  return null;
}

const plural = (n: number, word: string) => `${n} ${word}${n === 1 ? "" : "s"}`;
