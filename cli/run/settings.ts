import type { BackendId } from "../../runtime/execute/backend.ts";
import type { Given } from "../command.ts";
import { integerOf, UsageError, valueOf, valuesOf } from "../command.ts";
import {
  parseFeed,
  parseFit,
  parseInput,
  parseSetting,
  type FitSetting,
} from "./parse-settings.ts";

const backends = ["auto", "cpu", "webgpu", "cuda"] as const;

/** The backend that every machine has, so that a plain run gives the same bits on all of a kind. */
export const defaultBackend: BackendId = "cpu";

/** Everything the command line says about a run, well-formed; files and names are not looked at yet. */
export interface RunSettings {
  readonly graph: string;
  /** Default: the graph's own; null for none. */
  readonly task?: string | null;
  readonly feeds: readonly ReturnType<typeof parseFeed>[];
  readonly inputs: readonly ReturnType<typeof parseInput>[];
  /** How the pictures among the inputs are brought to what the prior takes. */
  readonly fit?: FitSetting;
  readonly params: readonly ReturnType<typeof parseSetting>[];
  readonly seed: number;
  readonly samples?: number;
  /** Default: `defaultBackend`, or that of the run which is repeated. */
  readonly backend?: "auto" | BackendId;
  readonly threads?: number;
  readonly probes: readonly string[];
  readonly tape?: string;
  readonly out?: string;
  readonly checkpoint?: string;
  readonly resume?: string;
}

/** The widest batch that is taken. */
const mostSamples = 100_000;

/** @throws UsageError for an option whose form is wrong. */
export function readSettings(graph: string, given: Given): RunSettings {
  const task = valueOf(given, "task");
  const samples = integerOf(given, "samples", 1);
  if (samples !== undefined && samples > mostSamples)
    throw new UsageError(`--samples ${samples}: at most ${mostSamples} are taken.`);
  const feeds = valuesOf(given, "with").map(parseFeed);
  const inputs = valuesOf(given, "in").map(parseInput);
  const fit = valueOf(given, "fit");
  if (fit !== undefined && inputs.length === 0)
    throw new UsageError(
      `--fit ${fit}: there is nothing to fit; it is for a picture given by --in image=FILE.`,
    );
  refuseTwice([...feeds, ...inputs].map(({ slot }) => slot));
  return {
    graph,
    ...(task === undefined ? {} : { task: task === "none" ? null : task }),
    feeds,
    inputs,
    params: valuesOf(given, "set").map(parseSetting),
    seed: integerOf(given, "seed", 0) ?? 0,
    probes: valuesOf(given, "probe"),
    ...entry("fit", fit === undefined ? undefined : parseFit(fit)),
    ...entry("backend", backendOf(given)),
    ...entry("samples", samples),
    ...entry("threads", integerOf(given, "threads", 1)),
    ...entry("tape", valueOf(given, "tape")),
    ...entry("out", valueOf(given, "out")),
    ...entry("checkpoint", valueOf(given, "checkpoint")),
    ...entry("resume", valueOf(given, "resume")),
  };
}

function backendOf(given: Given): (typeof backends)[number] | undefined {
  const backend = valueOf(given, "backend");
  const known = backends.find((each) => each === backend);
  if (backend !== undefined && known === undefined)
    throw new UsageError(`--backend ${backend}: expected ${backends.join(", ")}.`);
  return known;
}

function refuseTwice(slots: readonly string[]): void {
  const twice = slots.find((slot, i) => slots.indexOf(slot) < i);
  if (twice !== undefined) throw new UsageError(`The input "${twice}" was given twice.`);
}

function entry<K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [P in K]?: V });
}
