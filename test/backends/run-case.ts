import { registry } from "../../nodes/index.ts";
import type { Issue } from "../../runtime/base/issue.ts";
import { compile } from "../../runtime/compile/compile.ts";
import type { Feed } from "../../runtime/compile/slots.ts";
import type { Backend } from "../../runtime/execute/backend.ts";
import { createRunControl } from "../../runtime/execute/control.ts";
import type { Result, RunEvent } from "../../runtime/execute/events.ts";
import type { NoisePool } from "../../runtime/execute/noise/noise-pool.ts";
import { philoxNoise } from "../../runtime/execute/noise/philox-noise.ts";
import { tapeNoise, type Tape } from "../../runtime/execute/noise/tape-noise.ts";
import { run } from "../../runtime/execute/run.ts";
import { createSessionCache } from "../../runtime/execute/session-cache.ts";
import type { ModelAsset } from "../../runtime/graph/define-node.ts";
import type { Document } from "../../runtime/graph/document.ts";
import type { TensorData } from "../../runtime/tensor/tensor.ts";
import { issuesIn } from "./host-report.ts";
import { countingBackend, type Counts } from "./counting-backend.ts";

/** A whole graph with all that it reads, as plain data: the same on every host. */
export interface GraphCase {
  readonly name: string;
  readonly document: Document;
  readonly task?: Document;
  readonly feeds: Readonly<Record<string, Feed>>;
  readonly tensors?: Readonly<Record<string, TensorData>>;
  readonly models?: Readonly<Record<string, ModelAsset>>;
  /** Default: 1. */
  readonly batch?: number;
  /** Default: seeded noise. */
  readonly tape?: Tape;
  /** Wires whose values of all iterations are wanted. */
  readonly probes?: readonly string[];
}

/** What running a case gave; plain data. */
export interface CaseReport {
  readonly outputs: Readonly<Record<string, Result>>;
  /** By wire: the tensors of all iterations. */
  readonly probes: Readonly<Record<string, readonly TensorData[]>>;
  readonly nfe: number;
  readonly vjpCalls: number;
  readonly warnings: readonly Issue[];
  /** Milliseconds of every outermost iteration. */
  readonly stepMs: readonly number[];
  readonly counts: Counts;
  /** Live tensors when each outermost iteration ended. */
  readonly liveAtStep: readonly number[];
  /** Sessions created when each outermost iteration ended. */
  readonly sessionsAtStep: readonly number[];
  /** Downloads that someone asked for: outputs, previews, probes, scans, and a health number a step. */
  readonly askedDownloads: number;
  /** Of the pool, where there is one: draws that its workers made, and why it gave up, if it did. */
  readonly noise: { readonly ahead: number; readonly failure: string | null } | null;
  /** In the page: bytes of GPU buffers in existence after the run. */
  readonly deviceBytes?: number;
}

export interface RunCaseOptions {
  readonly pool?: NoisePool;
}

/**
 * Compiles and runs a case.
 *
 * @throws IssueError what compiling or running refused.
 */
export async function runCase(
  given: Backend,
  graphCase: GraphCase,
  { pool }: RunCaseOptions = {},
): Promise<CaseReport> {
  const backend = countingBackend(given);
  const sessions = createSessionCache(backend);
  const philox = philoxNoise(seed, pool);
  const events: RunEvent[] = [];
  const [liveAtStep, sessionsAtStep]: [number[], number[]] = [[], []];
  const running = run(compileCase(graphCase), {
    backend,
    sessions,
    seed,
    noise: graphCase.tape === undefined ? philox : tapeNoise(graphCase.tape, null),
    clock: () => performance.now(),
    control: createRunControl(graphCase.probes ?? []),
  });
  for await (const event of running) {
    events.push(event);
    if (event.type !== "step") continue;
    liveAtStep.push(backend.counts.live);
    sessionsAtStep.push(backend.counts.sessions);
  }
  await sessions.release();
  const noise = pool === undefined ? null : { ahead: pool.ahead, failure: pool.failure };
  return { ...gather(events), liveAtStep, sessionsAtStep, counts: { ...backend.counts }, noise };
}

const seed = 7;

function compileCase({ document, task, feeds, tensors, models, batch }: GraphCase) {
  return compile({
    document,
    ...(task === undefined ? {} : { task }),
    feeds,
    batch: batch ?? 1,
    registry,
    assets: {
      tensors: new Map(Object.entries(tensors ?? {})),
      models: new Map(Object.entries(models ?? {})),
    },
  });
}

function gather(
  events: readonly RunEvent[],
): Omit<CaseReport, "liveAtStep" | "sessionsAtStep" | "counts" | "noise"> {
  const done = events.at(-1);
  if (done?.type !== "done") throw new Error("the run ended without a done event");
  const steps = events.filter((event) => event.type === "step");
  const previews = events.filter((event) => event.type === "preview").length;
  const scans = events.filter((event) => event.type === "scan" && isTensor(event.value)).length;
  const probes: Record<string, TensorData[]> = {};
  for (const event of events)
    if (event.type === "probe") (probes[event.wire] ??= []).push(event.tensor);
  const probed = Object.values(probes).flat().length;
  const tensors = Object.values(done.outputs).filter(isTensor).length;
  return {
    outputs: done.outputs,
    probes,
    nfe: done.nfe,
    vjpCalls: done.vjpCalls,
    warnings: events.flatMap((event) => (event.type === "warning" ? [event.issue] : [])),
    stepMs: steps.map(({ ms }) => ms),
    askedDownloads: steps.length + previews + scans + probed + tensors,
  };
}

export function isTensor(value: Result): value is TensorData {
  return typeof value === "object" && "data" in value;
}

/** What a host sends back of a case: its report, or the issues that it threw. */
export type Answer = CaseReport | { readonly issues: readonly Issue[] };

/** Runs a case; never throws. */
export async function answerCase(
  backend: Backend,
  graphCase: GraphCase,
  options: RunCaseOptions = {},
): Promise<Answer> {
  try {
    return await runCase(backend, graphCase, options);
  } catch (error) {
    return { issues: issuesIn(error) };
  }
}
