import { statfsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";
import { findChromium } from "../../scripts/find-chromium.mjs";

/**
 * A headless Chromium with an empty profile and no traffic of its own. WebGPU runs on SwiftShader
 * where there is no graphics card. Closing it throws where a page did what its policy forbids,
 * unless that was the test's purpose.
 */
export async function launchChromium({ mayViolate = false } = {}): Promise<Browser> {
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: [
      "--enable-unsafe-webgpu",
      // Without a graphics card, pages cost less that are put together without its imitation.
      "--disable-gpu-compositing",
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
  return mayViolate ? browser : refusingViolations(browser);
}

/** The browser, of which `close` throws after a page violated its content security policy. */
function refusingViolations(browser: Browser): Browser {
  const violations: string[] = [];
  browser.on("context", (context) => {
    const told = (_: unknown, violation: string) => void violations.push(violation);
    // Both are in place before the context has its first page; a context that is closed at once needs neither.
    void context.exposeBinding("toldOfViolation", told).catch(() => {});
    void context.addInitScript(tellOfViolations).catch(() => {});
  });
  const close = browser.close.bind(browser);
  browser.close = async (options) => {
    await close(options);
    if (violations.length > 0) throw new Error(`policy violated: ${violations.join("; ")}`);
  };
  return browser;
}

const tellOfViolations = `addEventListener("securitypolicyviolation", (event) =>
  toldOfViolation(event.violatedDirective + " by " + event.blockedURI + " at " + event.sourceFile + ":" + event.lineNumber));`;

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
