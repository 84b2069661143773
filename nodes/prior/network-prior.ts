import type {
  DenoiseAt,
  Denoised,
  HostFeed,
  NetworkModel,
  Prior,
  PriorContext,
} from "../../runtime/graph/values.ts";
import type { Value } from "../../runtime/ir/primitives.ts";
import { constantHost, mapHost, type Host } from "../../runtime/trace/host.ts";
import { add, cast, number, sliceAxis } from "../../runtime/trace/math.ts";
import { denoisedOf, epsOf, reread, times } from "./denoised.ts";
import { feedShape, signalRule, whyNotSignal, type NetworkPorts } from "./network.ts";
import type { Parametrisation, PartialParametrisation } from "./parametrisation.ts";
import { askNetwork, type Question, type Reading } from "./reading.ts";

export interface NetworkPriorSpec {
  readonly model: NetworkModel;
  readonly ports: NetworkPorts;
  readonly asked: Parametrisation;
  /** What bounds the shape of its signals. */
  readonly known: PartialParametrisation;
}

/** A prior whose denoiser is a network, whatever the network predicts and is told. */
export function networkPrior(spec: NetworkPriorSpec): Prior {
  const takes = signalRule(spec.ports.input, spec.known);
  return {
    label: spec.model.name,
    whyNotShape: (signal) => whyNotSignal(takes, signal),
    takes,
    denoise(ctx, { x, level, condition }) {
      const found = askAt(ctx, spec, { x, level: condition ?? level });
      return condition === undefined ? found : reread(ctx, found, { x, level });
    },
  };
}

function askAt(ctx: PriorContext, spec: NetworkPriorSpec, { x, level }: DenoiseAt): Denoised {
  const { asked } = spec;
  const question = mapHost([level], (l) => askNetwork(asked, l));
  const { net, variance } = evaluate(ctx, spec, { x, question });
  const state = { x, net };
  const x0 = clamped(
    ctx,
    asked,
    read(
      ctx,
      asked,
      state,
      mapHost([question], (q) => q.x0),
    ),
  );
  const fromX0 = asked.predicts === "x0" || asked.clamp !== null;
  const eps = fromX0
    ? epsOf(ctx, x, x0, level)
    : read(
        ctx,
        asked,
        state,
        mapHost([question], (q) => q.eps),
      );
  const denoised = denoisedOf(ctx, { x0, eps }, level);
  return variance === undefined ? denoised : { ...denoised, variance };
}

interface Answer {
  readonly net: Value;
  readonly variance?: Value;
}

function evaluate(
  ctx: PriorContext,
  { model, ports, asked, known }: NetworkPriorSpec,
  { x, question }: { readonly x: Value; readonly question: Host<Question> },
): Answer {
  const batch = x.shape[0] ?? 1;
  const scaled = times(
    ctx,
    x,
    mapHost([question], (q) => q.gain),
  );
  const state = shifted(asked)
    ? add(ctx, scaled, ctx.scalar(mapHost([question], (q) => q.offset)))
    : scaled;
  const feeds: Record<string, Value | HostFeed> = {
    [ports.input.name]: cast(ctx, state, ports.inputDtype),
  };
  if (ports.time !== null)
    feeds[ports.time.name] = {
      host: mapHost([question], (q) => q.time),
      dtype: ports.time.dtype,
      shape: feedShape(ports.time, batch),
    };
  for (const constant of ports.constants)
    feeds[constant.name] = {
      host: constantHost(constant.value),
      dtype: constant.dtype,
      shape: feedShape(constant, batch),
    };
  const output = ctx.evaluateNetwork(model, feeds)[ports.outputIndex];
  if (output === undefined) throw new Error(`internal: ${model.name} gave no ${ports.output}`);
  return splitVariance(ctx, cast(ctx, output, "float32"), { x, known, name: ports.output });
}

/** The first half of the channels, and the learned variance where there are twice as many as x has. */
function splitVariance(
  ctx: PriorContext,
  output: Value,
  {
    x,
    known,
    name,
  }: { readonly x: Value; readonly known: PartialParametrisation; readonly name: string },
): Answer {
  const [channels = 1, given = 1] = [x.shape[1], output.shape[1]];
  const doubled = given === 2 * channels;
  if (known.learnedVariance === true ? !doubled : given !== channels && !doubled)
    throw new RangeError(
      `the network's output "${name}" has ${given} channels for a signal of ${channels}`,
    );
  if (!doubled) return { net: output };
  return {
    net: sliceAxis(ctx, output, 1, { start: 0, end: channels }),
    variance: sliceAxis(ctx, output, 1, { start: channels, end: given }),
  };
}

function read(
  ctx: PriorContext,
  asked: Parametrisation,
  { x, net }: Answer & { readonly x: Value },
  reading: Host<Reading>,
): Value {
  const parts = add(
    ctx,
    times(
      ctx,
      net,
      mapHost([reading], (r) => r.net),
    ),
    times(
      ctx,
      x,
      mapHost([reading], (r) => r.x),
    ),
  );
  return shifted(asked)
    ? add(ctx, parts, ctx.scalar(mapHost([reading], (r) => r.constant)))
    : parts;
}

/** The network's data do not lie around 0, so that there are constants to add. */
const shifted = ({ dataRange: [low, high] }: Parametrisation) => low !== -high;

function clamped(ctx: PriorContext, { clamp }: Parametrisation, x0: Value): Value {
  if (clamp === null) return x0;
  const [low, high] = clamp;
  return ctx.op("Clip", [x0, number(ctx, x0, low), number(ctx, x0, high)], {});
}
