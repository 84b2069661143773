import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { BackendId } from "../../runtime/execute/backend.ts";
import type { ChildReport } from "./backend-child.ts";

/** Tries a Node backend in a process of its own, whose environment decides which drivers there are. */
export function runBackendChild(
  wanted: "auto" | BackendId,
  steps: number,
  environment: Readonly<Record<string, string>>,
): ChildReport {
  const file = fileURLToPath(new URL("./backend-child.ts", import.meta.url));
  const args = ["--import", "tsx", file, wanted, String(steps)];
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, args, {
    encoding: "utf8",
    env: { ...process.env, ...environment },
  });
  if (status !== 0)
    throw new Error(`the process ended with ${status ?? signal}, and said:\n${stderr}`);
  return JSON.parse(stdout) as ChildReport;
}
