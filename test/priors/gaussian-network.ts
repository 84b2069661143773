import { createHash } from "node:crypto";
import { alphaBars } from "../../nodes/prior/alpha-bars.ts";
import type {
  Betas,
  PartialParametrisation,
  Prediction,
} from "../../nodes/prior/parametrisation.ts";
import type { ModelAsset } from "../../runtime/graph/define-node.ts";
import type { Value } from "../../runtime/ir/primitives.ts";
import { writeModel } from "../../runtime/onnx/write-model.ts";
import type { Shape } from "../../runtime/tensor/tensor.ts";
import {
  add,
  addNumber,
  affine,
  cast,
  concat,
  constantLike,
  div,
  exp,
  mul,
  neg,
  number,
  reshape,
  scale,
  square,
  sub,
} from "../../runtime/trace/math.ts";
import { createRecorder, type Recorder } from "../../runtime/trace/recorder.ts";

/** Data N(mean, std²) in every pixel: the posterior mean is known. */
export const mean = 0.3;
export const std = 0.4;

/** E[x₀ | x = αx₀ + σε]. */
export function posteriorMean(x: number, alpha: number, sigma: number): number {
  return mean + ((alpha * std ** 2) / (alpha ** 2 * std ** 2 + sigma ** 2)) * (x - alpha * mean);
}

export interface NetworkSpec {
  readonly asked: PartialParametrisation & { readonly predicts: Prediction };
  readonly shape: Shape;
  readonly timeDtype?: "float32" | "int64";
  readonly timeShape?: Shape;
  /** A second half of channels, 0.5 everywhere. */
  readonly learnedVariance?: boolean;
}

/** A network that is exact for these data, written in the convention that `asked` describes. */
export function gaussianNetwork(spec: NetworkSpec): ModelAsset {
  const { asked, shape, timeDtype = "float32", timeShape = [shape[0] ?? 1] } = spec;
  const emit = createRecorder();
  const x = emit.input({ dtype: "float32", shape });
  const time = emit.input({ dtype: timeDtype, shape: timeShape });
  const perSample =
    timeShape.length === 0 ? [] : [timeShape[0] ?? 1, ...shape.slice(1).map(() => 1)];
  const { alpha, sigma } = levelOf(emit, asked, reshape(emit, time, perSample));
  const answer = predicted(emit, asked, { x, alpha, sigma });
  const half = emit.op("Expand", [number(emit, x, 0.5)], { shape });
  const output = spec.learnedVariance === true ? concat(emit, [answer, half], 1) : answer;
  const bytes = writeModel(emit.finish([output]), { inputNames: ["x", "t"], outputNames: ["y"] });
  return {
    name: "gaussian",
    bytes,
    sha256: createHash("sha256").update(bytes).digest("hex"),
    card: null,
  };
}

/** The network's own level from its time. */
function levelOf(emit: Recorder, asked: PartialParametrisation, given: Value) {
  const one = number(emit, { dtype: "float32" }, 1);
  const time = asked.conditioning === "index" ? given : cast(emit, given, "float32");
  const process = asked.process ?? "ve";
  if (process === "ve") return { alpha: one, sigma: sigmaOf(emit, asked, time) };
  if (process === "flow") {
    const t = scale(emit, time, 1 / (asked.timeScale ?? 1));
    const rest = affine(emit, t, -1, 1);
    return asked.dataTime === 0 ? { alpha: rest, sigma: t } : { alpha: t, sigma: rest };
  }
  const bar =
    process === "vp-discrete" ? tableAt(emit, asked.betas, time) : continuousBar(emit, asked, time);
  return { alpha: root(emit, bar), sigma: root(emit, affine(emit, bar, -1, 1)) };
}

const root = (emit: Recorder, x: Value) => emit.op("Sqrt", [x], {});

function sigmaOf(emit: Recorder, { conditioning }: PartialParametrisation, time: Value): Value {
  if (conditioning === "sigma") return time;
  return exp(emit, scale(emit, time, conditioning === "c-noise" ? 4 : 1));
}

function tableAt(emit: Recorder, betas: Betas | undefined, time: Value): Value {
  const table = [...alphaBars(betas ?? { kind: "linear", from: 1e-4, to: 2e-2, steps: 1000 })];
  const bars = constantLike(emit, { dtype: "float32" }, table, [table.length]);
  return emit.op("Gather", [bars, cast(emit, time, "int64")], { axis: 0 });
}

// ᾱ = e^−B, B = 0.1 t + 9.95 t²
function continuousBar(
  emit: Recorder,
  { timeScale = 999 }: PartialParametrisation,
  time: Value,
): Value {
  const t = scale(emit, time, 1 / timeScale);
  const B = add(emit, scale(emit, t, 0.1), scale(emit, square(emit, t), 9.95));
  return exp(emit, neg(emit, B));
}

interface State {
  readonly x: Value;
  readonly alpha: Value;
  readonly sigma: Value;
}

function predicted(
  emit: Recorder,
  { predicts, sigmaData = 0.5, dataTime = 1, dataRange = [-1, 1] }: NetworkSpec["asked"],
  { x, alpha, sigma }: State,
): Value {
  const [spread, middle] = [(dataRange[1] - dataRange[0]) / 2, (dataRange[1] + dataRange[0]) / 2];
  const [m, s] = [spread * mean + middle, spread * std];
  const power = (size: number) =>
    add(emit, square(emit, sigma), scale(emit, square(emit, alpha), size ** 2));
  // The raw EDM network sees c_in u.
  const u = predicts === "edm" ? mul(emit, x, root(emit, power(sigmaData))) : x;
  const away = sub(emit, u, scale(emit, alpha, m));
  const gain = div(emit, scale(emit, alpha, s ** 2), power(s));
  const x0 = addNumber(emit, mul(emit, away, gain), m);
  const eps = div(emit, mul(emit, away, sigma), power(s));
  switch (predicts) {
    case "x0":
      return x0;
    case "eps":
      return eps;
    case "score":
      return neg(emit, div(emit, away, power(s)));
    case "v":
      return sub(emit, mul(emit, eps, alpha), mul(emit, x0, sigma));
    case "velocity":
      return scale(emit, sub(emit, x0, eps), dataTime === 1 ? 1 : -1);
    case "edm": {
      const skip = div(emit, scale(emit, alpha, sigmaData ** 2), power(sigmaData));
      const out = div(emit, scale(emit, sigma, sigmaData), root(emit, power(sigmaData)));
      return div(emit, sub(emit, x0, mul(emit, skip, u)), out);
    }
  }
}
