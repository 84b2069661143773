import * as ort from "onnxruntime-web/webgpu";
import { type Issue, IssueError } from "../base/issue.ts";
import type { Backend, BackendId, BackendOptions, ChosenBackend } from "./backend.ts";
import { OrtBackend } from "./ort-backend.ts";
import { readGpuTensor } from "./ort-read-web.ts";

/** Where the page finds onnxruntime's WebAssembly: `ort-wasm-simd-threaded.asyncify` .wasm and .mjs. */
export interface OrtAssets {
  readonly wasm: string;
  readonly mjs: string;
}

export interface WebBackendOptions extends BackendOptions {
  readonly assets: OrtAssets;
}

/** Its addresses have 32 bits, on whatever machine; models pass through it on webgpu too. */
const wasmMemory = { bytes: 2 ** 32, of: "WebAssembly" };

interface Failure {
  readonly reason: string;
  readonly fix?: string;
}

/**
 * The backend for this page or worker. `auto` takes webgpu on a graphics card, else wasm.
 * Threads and assets are fixed by the first call: onnxruntime-web loads once a page.
 *
 * @throws IssueError `backend.unavailable` when `wanted` names a device that does not work here.
 */
export async function createWebBackend(
  wanted: "auto" | BackendId,
  options: WebBackendOptions,
): Promise<ChosenBackend> {
  const threads = setUp(options);
  if (wanted === "cpu" || wanted === "cuda")
    throw unavailable(wanted, {
      reason: "it is for Node",
      fix: "In the page, use wasm or webgpu.",
    });
  if (wanted === "wasm") return { backend: wasmBackend(threads, "it was asked for"), notices: [] };
  const adapter = await findAdapter();
  if (wanted === "webgpu") {
    if ("reason" in adapter) throw unavailable("webgpu", adapter);
    return { backend: webgpuBackend(`it was asked for, on ${adapter.name}`), notices: [] };
  }
  if ("reason" in adapter) return fallBack(threads, adapter);
  if (adapter.software)
    return fallBack(threads, { reason: `its only adapter here is software (${adapter.name})` });
  return { backend: webgpuBackend(`the page has ${adapter.name}`), notices: [] };
}

/** Configures onnxruntime-web; returns how many threads it may use. */
function setUp({ assets, threads }: WebBackendOptions): number {
  ort.env.logLevel = "fatal";
  ort.env.wasm.wasmPaths = { wasm: assets.wasm, mjs: assets.mjs };
  // Threads share memory, which browsers allow to isolated pages only.
  const most = self.crossOriginIsolated
    ? Math.min(Math.max(navigator.hardwareConcurrency, 1), 8)
    : 1;
  ort.env.wasm.numThreads = Math.min(threads ?? most, most);
  return ort.env.wasm.numThreads;
}

async function findAdapter(): Promise<Failure | { name: string; software: boolean }> {
  const { gpu } = navigator as { gpu?: GPU };
  if (gpu === undefined)
    return {
      reason: "this browser has no WebGPU",
      fix: "Use a recent Chromium, Firefox or Safari.",
    };
  const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" });
  if (adapter === null)
    return { reason: "the browser found no graphics adapter it can use for WebGPU" };
  const { vendor, architecture, description, isFallbackAdapter } = adapter.info;
  const name = description || [vendor, architecture].filter((part) => part !== "").join(" ");
  const software =
    isFallbackAdapter || /swiftshader|llvmpipe|lavapipe/i.test(`${name} ${architecture}`);
  return { name: name || "a graphics card", software };
}

function fallBack(threads: number, { reason, fix }: Failure): ChosenBackend {
  const message = `webgpu is not used: ${reason}; wasm runs on the cpu instead.`;
  const notice: Issue = {
    code: "backend.fallback",
    message,
    at: {},
    ...(fix === undefined ? {} : { fix }),
  };
  return { backend: wasmBackend(threads, reason), notices: [notice] };
}

function wasmBackend(threads: number, why: string): Backend {
  const isolation = self.crossOriginIsolated ? "" : " (the page is not cross-origin isolated)";
  const count = `${threads} thread${threads === 1 ? "" : "s"}${isolation}`;
  return new OrtBackend({
    ort,
    id: "wasm",
    chosen: `Running on the cpu as WebAssembly with ${count}: ${why}.`,
    options: { executionProviders: ["wasm"], graphOptimizationLevel: "all", logSeverityLevel: 4 },
    deviceOutputs: false,
    oneCallAtATime: true,
    memory: { ...wasmMemory, holdsTensors: true },
  });
}

function webgpuBackend(why: string): Backend {
  return new OrtBackend({
    ort,
    id: "webgpu",
    chosen: `Running on webgpu: ${why}.`,
    options: { executionProviders: ["webgpu"], graphOptimizationLevel: "all", logSeverityLevel: 4 },
    deviceOutputs: true,
    oneCallAtATime: true,
    memory: { ...wasmMemory, holdsTensors: false },
    readBuffer: async (value) => readGpuTensor(await ort.env.webgpu.device, value),
  });
}

function unavailable(id: BackendId, { reason, fix }: Failure): IssueError {
  const message = `The backend ${id} does not work here: ${reason}.`;
  const cure = fix ?? "Use wasm, or auto for the best that works.";
  return new IssueError([{ code: "backend.unavailable", message, at: {}, fix: cure }]);
}
