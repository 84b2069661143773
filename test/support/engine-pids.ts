import { execFileSync } from "node:child_process";

/** The engines that this process has started. */
export function enginePids(): readonly number[] {
  const table = execFileSync("ps", ["-A", "-o", "pid=,ppid=,args="], { encoding: "utf8" });
  return table.split("\n").flatMap((line) => {
    const [, pid, parent, args = ""] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return Number(parent) === process.pid && /\bengine\/launch\.mjs\b/u.test(args)
      ? [Number(pid)]
      : [];
  });
}
