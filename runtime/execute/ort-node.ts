import { availableParallelism } from "node:os";
import type { InferenceSession } from "onnxruntime-common";
import { type Issue, IssueError } from "../base/issue.ts";
import type { Backend, BackendId, BackendOptions, ChosenBackend } from "./backend.ts";
import { type Ort, OrtBackend } from "./ort-backend.ts";
import { type Accelerator, type Probe, probe, whyNoDevice } from "./ort-devices-node.ts";
import { reasonOf } from "./ort-errors.ts";
import { mappedLoader } from "./ort-mapped-node.ts";

type Failure = Extract<Probe, { works: false }>;

/**
 * The backend for this Node process. `auto` takes the first of cuda, webgpu and cpu that works, and
 * stays on the cpu where that is faster (a software driver); what it passed over is in the notices.
 *
 * @throws IssueError `backend.unavailable` when `wanted` names a device that does not work here.
 */
export async function createNodeBackend(
  wanted: "auto" | BackendId,
  options: BackendOptions = {},
): Promise<ChosenBackend> {
  const host = { ort: await loadOnnxruntime(), threads: options.threads ?? defaultThreads() };
  if (wanted === "auto") return choose(host);
  if (wanted === "cpu") return { backend: cpuBackend(host, "it was asked for"), notices: [] };
  if (wanted === "wasm")
    throw unavailable("wasm", {
      works: false,
      reason: "it is for the browser",
      fix: "In Node, use cpu.",
    });
  const found = await probe(wanted, host.threads);
  if (!found.works) throw unavailable(wanted, found);
  const why = `it was asked for; ${speed(wanted, found)}`;
  return { backend: acceleratorBackend(host, wanted, why), notices: [] };
}

interface Host {
  readonly ort: Ort;
  readonly threads: number;
}

async function choose(host: Host): Promise<ChosenBackend> {
  const cuda = whyNoDevice("cuda") ?? (await probe("cuda", host.threads));
  if (cuda.works && cuda.ms < cuda.cpuMs)
    return { backend: acceleratorBackend(host, "cuda", speed("cuda", cuda)), notices: [] };
  const webgpu = whyNoDevice("webgpu") ?? (await probe("webgpu", host.threads));
  if (!webgpu.works)
    return {
      backend: cpuBackend(host, `webgpu does not work here: ${webgpu.reason}`),
      notices: [fallback(webgpu)],
    };
  const why = speed("webgpu", webgpu);
  const backend =
    webgpu.ms < webgpu.cpuMs ? acceleratorBackend(host, "webgpu", why) : cpuBackend(host, why);
  return { backend, notices: [] };
}

/** How many threads one run takes unless told: more than 8 hardly help at these sizes. */
function defaultThreads(): number {
  return Math.min(availableParallelism(), 8);
}

function cpuBackend({ ort, threads }: Host, why: string): Backend {
  return new OrtBackend({
    ort,
    id: "cpu",
    chosen: `Running on the cpu with ${plural(threads, "thread")}: ${why}.`,
    options: sessionOptions(["cpu"], threads),
    deviceOutputs: false,
    oneCallAtATime: false,
    loadLarge: mappedLoader(ort),
  });
}

function acceleratorBackend({ ort, threads }: Host, id: Accelerator, why: string): Backend {
  return new OrtBackend({
    ort,
    id,
    chosen: `Running on ${id}: ${why}.`,
    options: sessionOptions([id, "cpu"], threads),
    // With cuda, onnxruntime-node returns host memory only.
    deviceOutputs: id === "webgpu",
    // Sessions share one WebGPU context, which two calls at once may not use (onnxruntime issue 32561).
    oneCallAtATime: id === "webgpu",
  });
}

function sessionOptions(
  executionProviders: readonly string[],
  intraOpNumThreads: number,
): InferenceSession.SessionOptions {
  return {
    executionProviders,
    intraOpNumThreads,
    interOpNumThreads: 1,
    graphOptimizationLevel: "all",
    logSeverityLevel: 4,
    // A thread that spins while it waits takes its core from the threads that make noise meanwhile.
    extra: { session: { intra_op: { allow_spinning: "0" } } },
  };
}

function speed(id: Accelerator, { ms, cpuMs }: Extract<Probe, { works: true }>): string {
  const round = (t: number) => Number(t.toPrecision(2));
  return `a test convolution took ${round(ms)} ms on ${id} and ${round(cpuMs)} ms on the cpu`;
}

function fallback({ reason, fix }: Failure): Issue {
  const message = `webgpu does not work here, so the cpu is used: ${reason}.`;
  return { code: "backend.fallback", message, at: {}, ...(fix === undefined ? {} : { fix }) };
}

function unavailable(id: BackendId, { reason, fix }: Failure): IssueError {
  const message = `The backend ${id} does not work here: ${reason}.`;
  const cure = fix ?? "Use cpu, or auto for the best that works.";
  return new IssueError([{ code: "backend.unavailable", message, at: {}, fix: cure }]);
}

/** Loaded on demand, so that a machine without a build of it gets a sentence. */
async function loadOnnxruntime(): Promise<Ort> {
  // Its Linux build holds a telemetry client. Nothing that a user runs here is told to anyone.
  process.env["ORT_DISABLE_TELEMETRY"] ??= "1";
  try {
    const ort = await import("onnxruntime-node");
    ort.env.logLevel = "fatal";
    return ort;
  } catch (cause) {
    const machine = `${process.platform} ${process.arch}`;
    const message = `onnxruntime-node could not be loaded on ${machine}: ${reasonOf(cause)}.`;
    throw new IssueError(
      [
        {
          code: "backend.unavailable",
          message,
          at: {},
          fix: "It has builds for Linux (glibc), Windows, and macOS on Apple silicon; run npm ci again on one of these.",
        },
      ],
      { cause },
    );
  }
}

function plural(n: number, word: string): string {
  return `${n} ${word}${n === 1 ? "" : "s"}`;
}
