import { IssueError, type Issue } from "../../../runtime/base/issue.ts";
import type { NetworkModel } from "../../../runtime/graph/values.ts";
import { externalLocations } from "../../../runtime/onnx/external-locations.ts";
import { importModel, type ImportedModel } from "../../../runtime/onnx/import-model.ts";
import { openNetwork } from "../../../runtime/onnx/open-network.ts";
import { sameShape, type Shape } from "../../../runtime/tensor/tensor.ts";
import { feedShape, type NetworkPorts } from "../network.ts";
import type { PartialParametrisation } from "../parametrisation.ts";

/**
 * What a network's weights and operators say of the signals that it takes: how many channels, of which size, and
 * whether a learned variance comes with the answer. Shapes are followed through the file; nothing is run. What is
 * known already is taken as it is, and what cannot be told is left out.
 */
export function shapeFacts(
  model: NetworkModel,
  ports: NetworkPorts,
  known: PartialParametrisation,
): PartialParametrisation {
  const { dims } = ports.input;
  const trial = { model, ports };
  const spatial = known.spatial ?? fixedAxes(dims.slice(2));
  const channels = known.channels ?? firstThat(channelsOf(dims[1]), (c) => fits(trial, c, spatial));
  if (channels === null) return {};
  const multipleOf =
    spatial === null
      ? firstThat(multiplesOf(ports), (m) => fits(trial, channels, sizesOf(m, dims.length - 2)))
      : null;
  const sizes = spatial ?? largest(ports);
  const given = outputShape(trial, [1, channels, ...sizes]);
  return {
    channels,
    ...(spatial === null || spatial.length === 0 ? {} : { spatial: [...spatial] }),
    ...(multipleOf === null || multipleOf === 1 ? {} : { multipleOf }),
    ...(given?.[1] === 2 * channels ? { learnedVariance: true } : {}),
  };
}

interface Trial {
  readonly model: NetworkModel;
  readonly ports: NetworkPorts;
}

type Dims = NetworkPorts["input"]["dims"];

/** The sizes along all axes; null where one is free. */
function fixedAxes(dims: Dims): readonly number[] | null {
  const fixed = dims.filter((d) => typeof d === "number");
  return fixed.length === dims.length ? fixed : null;
}

/** Pictures first, then anything small. */
const usualChannels = [3, 1, 2, 4, 6, 8] as const;

const channelsOf = (dim: Dims[number] | undefined): readonly number[] =>
  typeof dim === "number" ? [dim] : usualChannels;

const multiples = [1, 2, 4, 8, 16, 32, 64] as const;
const longMultiples = [...multiples, 128, 256, 512, 1024, 2048, 4096] as const;

const multiplesOf = ({ input: { dims } }: NetworkPorts): readonly number[] =>
  dims.length === 3 ? longMultiples : multiples;

/** Sizes that every multiple that is tried divides. */
const largest = (ports: NetworkPorts): readonly number[] =>
  sizesOf(multiplesOf(ports).at(-1) ?? 1, ports.input.dims.length - 2);

/** Sizes of at least 64 that are multiples of `multiple` and not of twice that. */
function sizesOf(multiple: number, axes: number): readonly number[] {
  const half = Math.floor(Math.max(3, 64 / multiple) / 2);
  return Array.from({ length: axes }, () => multiple * (2 * half + 1));
}

const firstThat = (
  candidates: readonly number[],
  isIt: (candidate: number) => boolean,
): number | null => candidates.find(isIt) ?? null;

/** Whether the network gives for such a signal one of its shape, or of twice its channels. */
function fits(trial: Trial, channels: number, spatial: readonly number[] | null): boolean {
  const sizes = spatial ?? largest(trial.ports);
  const given = outputShape(trial, [1, channels, ...sizes]);
  return [channels, 2 * channels].some(
    (count) => given !== null && sameShape(given, [1, count, ...sizes]),
  );
}

/** Null where the file cannot be followed with such a signal. */
function outputShape(trial: Trial, shape: Shape): Shape | null {
  const followed = follow(trial, shape);
  return followed instanceof IssueError || followed === null
    ? null
    : (followed.program.outputs[followed.outputNames.indexOf(trial.ports.output)]?.shape ?? null);
}

/**
 * What of a network's file stands in the way of graphs: weights that lie elsewhere, and operators that run but have no
 * gradient.
 */
export function fileFaults(
  model: NetworkModel,
  ports: NetworkPorts | null,
  { channels = 1, spatial }: PartialParametrisation,
): readonly Issue[] {
  const missing = externalLocations(openNetwork(model)).filter(
    (location) => model.external?.[location] === undefined,
  );
  if (missing.length > 0) return missing.map(weightsElsewhere);
  if (ports === null) return [];
  const followed = follow({ model, ports }, [1, channels, ...(spatial ?? largest(ports))]);
  return followed instanceof IssueError ? followed.issues : [];
}

const weightsElsewhere = (location: string): Issue => ({
  code: "model.external",
  message: `The model keeps weights in ${JSON.stringify(location)}, which is not in the file.`,
  at: {},
  fix: "Save it as one file: onnx.save(model, path, save_as_external_data=False).",
});

/** The network as a program for such a signal, or why there is none; null where a shape fits nothing. */
function follow({ model, ports }: Trial, shape: Shape): ImportedModel | IssueError | null {
  const small = [...(ports.time === null ? [] : [ports.time]), ...ports.constants];
  const shapes = Object.fromEntries([
    [ports.input.name, shape],
    ...small.map((tensor) => [tensor.name, feedShape(tensor, 1)] as const),
  ]);
  try {
    return importModel(openNetwork(model), { shapes });
  } catch (error) {
    if (error instanceof IssueError) return error;
    if (error instanceof RangeError) return null;
    throw error;
  }
}
