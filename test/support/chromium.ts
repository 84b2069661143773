import { statfsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";
import { findChromium } from "../../scripts/find-chromium.mjs";

/**
 * A headless Chromium with an empty profile and no traffic of its own. WebGPU runs on SwiftShader
 * where there is no graphics card.
 */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium(),
    args: [
      "--enable-unsafe-webgpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      // Chromium's sandbox refuses root; its shared memory needs more than a container's 64 MB.
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      ...(sharedMemoryBytes() < 512 * 2 ** 20 ? ["--disable-dev-shm-usage"] : []),
    ],
  });
}

function sharedMemoryBytes(): number {
  if (process.platform !== "linux") return Infinity;
  try {
    const { bavail, bsize } = statfsSync("/dev/shm");
    return bavail * bsize;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return 0;
    throw error;
  }
}
