import type { Env } from "onnxruntime-common";
import { type Issue, IssueError } from "../base/issue.ts";
import type { Backend, BackendId, BackendOptions, ChosenBackend } from "./backend.ts";
import { OrtBackend } from "./ort-backend.ts";
import { readGpuTensor } from "./ort-read-web.ts";

/** Where the page finds one build of onnxruntime's WebAssembly. */
interface OrtFiles {
  readonly wasm: string;
  readonly mjs: string;
}

/**
 * The builds by backend: `ort-wasm-simd-threaded` .wasm and .mjs, and its `.asyncify` for webgpu, which can wait for
 * the device and is for that larger and slower.
 */
export type OrtAssets = Readonly<Record<"wasm" | "webgpu", OrtFiles>>;

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
 * Threads and assets are fixed by the first call for a device: onnxruntime-web loads once a page for each.
 *
 * @throws IssueError `backend.unavailable` when `wanted` names a device that does not work here.
 */
export async function createWebBackend(
  wanted: "auto" | BackendId,
  options: WebBackendOptions,
): Promise<ChosenBackend> {
  if (wanted === "cpu" || wanted === "cuda")
    throw unavailable(wanted, {
      reason: "it is for Node",
      fix: "In the page, use wasm or webgpu.",
    });
  if (wanted === "wasm")
    return { backend: await wasmBackend(options, "it was asked for"), notices: [] };
  const adapter = await findAdapter();
  if (wanted === "webgpu") {
    if ("reason" in adapter) throw unavailable("webgpu", adapter);
    return {
      backend: await webgpuBackend(options, `it was asked for, on ${adapter.name}`),
      notices: [],
    };
  }
  if ("reason" in adapter) return fallBack(options, adapter);
  if (adapter.software)
    return fallBack(options, { reason: `its only adapter here is software (${adapter.name})` });
  return { backend: await webgpuBackend(options, `the page has ${adapter.name}`), notices: [] };
}

/** Configures a build of onnxruntime-web; returns how many threads it may use. */
function setUp({ env }: { readonly env: Env }, files: OrtFiles, threads?: number): number {
  env.logLevel = "fatal";
  env.wasm.wasmPaths = { ...files };
  // Threads share memory, which browsers allow to isolated pages only.
  const most = self.crossOriginIsolated
    ? Math.min(Math.max(navigator.hardwareConcurrency, 1), 8)
    : 1;
  env.wasm.numThreads = Math.min(threads ?? most, most);
  return env.wasm.numThreads;
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

async function fallBack(
  options: WebBackendOptions,
  { reason, fix }: Failure,
): Promise<ChosenBackend> {
  const message = `webgpu is not used: ${reason}; wasm runs on the cpu instead.`;
  const notice: Issue = {
    code: "backend.fallback",
    message,
    at: {},
    ...(fix === undefined ? {} : { fix }),
  };
  return { backend: await wasmBackend(options, reason), notices: [notice] };
}

async function wasmBackend({ assets, threads }: WebBackendOptions, why: string): Promise<Backend> {
  const ort = await import("onnxruntime-web/wasm");
  const most = setUp(ort, assets.wasm, threads);
  const isolation = self.crossOriginIsolated ? "" : " (the page is not cross-origin isolated)";
  const count = `${most} thread${most === 1 ? "" : "s"}${isolation}`;
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

async function webgpuBackend(
  { assets, threads }: WebBackendOptions,
  why: string,
): Promise<Backend> {
  const ort = await import("onnxruntime-web/webgpu");
  setUp(ort, assets.webgpu, threads);
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
