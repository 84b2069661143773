import { readFileSync } from "node:fs";

/**
 * The most memory that this process has held, in bytes. Linux counts `maxRSS` on from the process that started this one;
 * its `VmHWM` is of this one alone.
 */
export function peakMemory(): number {
  const own = process.platform === "linux" ? highWaterMark() : null;
  return own ?? process.resourceUsage().maxRSS * 1024;
}

/** Null where /proc is closed. */
function highWaterMark(): number | null {
  try {
    const found = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"));
    return found === null ? null : Number(found[1]) * 1024;
  } catch {
    return null;
  }
}
