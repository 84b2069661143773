import { spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { reasonOf } from "./ort-errors.ts";
import { probeAnswer, probeModel } from "./probe-model.ts";

/** A device beside the cpu that onnxruntime-node may have. */
export type Accelerator = "webgpu" | "cuda";

/** What a probe found. Times are milliseconds of one convolution of 300 MFLOP. */
export type Probe =
  | { readonly works: true; readonly ms: number; readonly cpuMs: number }
  | { readonly works: false; readonly reason: string; readonly fix?: string };

const report = z.union([
  z.object({ y: z.number(), ms: z.number(), cpuMs: z.number() }),
  z.object({ error: z.string() }),
]);

/**
 * Tries a device out in a short-lived process, because a driver may end the process that loads it.
 * Takes 0.1 s where there is no device, about a second where there is one.
 */
export async function probe(
  device: Accelerator,
  threads: number,
  program = process.execPath,
): Promise<Probe> {
  const { stdout, stderr, ending } = await runChild(program, [
    fileURLToPath(new URL("./ort-probe-node.mjs", import.meta.url)),
    createRequire(import.meta.url).resolve("onnxruntime-node"),
    device,
    String(threads),
    Buffer.from(probeModel()).toString("base64"),
  ]);
  if (ending !== "exit code 0" || stdout === "")
    return { works: false, reason: `its driver ended the process that tried it (${ending})` };
  const found = report.parse(JSON.parse(stdout));
  if ("error" in found) return whyNot(device, found.error, stderr);
  if (Math.abs(found.y / probeAnswer - 1) > 1e-3)
    return { works: false, reason: `it computes wrong sums (${found.y}, not ${probeAnswer})` };
  return { works: true, ms: found.ms, cpuMs: found.cpuMs };
}

/** Whether it is worth starting a probe: null, or why there can be no such device here. */
export function whyNoDevice(device: Accelerator): Probe | null {
  if (process.platform !== "linux") return device === "cuda" ? withoutCudaLibrary() : null;
  if (device === "cuda") return withoutCudaLibrary();
  const { VK_ICD_FILENAMES, VK_DRIVER_FILES } = process.env;
  if (VK_ICD_FILENAMES !== undefined || VK_DRIVER_FILES !== undefined) return null;
  const nodes = ["/dev/dri", "/dev/nvidia0", "/dev/nvidiactl", "/dev/dxg"];
  if (nodes.some((node) => existsSync(node))) return null;
  return { works: false, reason: "this machine shows no graphics card" };
}

const cudaInstall =
  "To install it: ONNXRUNTIME_NODE_INSTALL=cuda12 node node_modules/onnxruntime-node/script/install.js";

function withoutCudaLibrary(): Probe | null {
  const package_ = dirname(dirname(createRequire(import.meta.url).resolve("onnxruntime-node")));
  const folder = join(package_, "bin", "napi-v6", process.platform, process.arch);
  const names = existsSync(folder) ? readdirSync(folder) : [];
  if (names.some((name) => name.includes("providers_cuda"))) return null;
  return { works: false, reason: "onnxruntime's CUDA library is not installed", fix: cudaInstall };
}

function whyNot(device: Accelerator, error: string, stderr: string): Probe {
  if (/Couldn't load Vulkan/.test(stderr))
    return {
      works: false,
      reason: "the Vulkan loader libvulkan.so.1 is missing or damaged",
      fix: "On Debian and Ubuntu: apt-get install libvulkan1.",
    };
  if (/Failed to get a WebGPU adapter/.test(error))
    return {
      works: false,
      reason: "no usable graphics adapter was found",
      fix: "Install the driver of the graphics card, with Vulkan support on Linux.",
    };
  if (device === "cuda" && /shared library|providers_cuda/i.test(error))
    return {
      works: false,
      reason:
        "onnxruntime's CUDA library, or a library it needs (CUDA 12, cuDNN 9), is not installed",
      fix: cudaInstall,
    };
  return { works: false, reason: reasonOf(new Error(error)) };
}

interface ChildResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly ending: string;
}

function runChild(program: string, args: readonly string[]): Promise<ChildResult> {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      stdio: ["ignore", "pipe", "pipe"],
      timeout: 60_000,
      killSignal: "SIGKILL",
      env: { ...process.env, NODE_OPTIONS: "" },
    });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    child.on("error", (error) => resolve({ stdout, stderr, ending: error.message }));
    child.on("close", (code, signal) =>
      resolve({
        stdout,
        stderr,
        ending: signal === null ? `exit code ${code}` : `signal ${signal}`,
      }),
    );
  });
}
