import { spawn } from "node:child_process";
import { constants } from "node:os";
import { join } from "node:path";
import { root, setUp } from "./set-up.mjs";

/**
 * Sets up, then runs a TypeScript file of the project with the rest of the command line, and ends
 * with its exit code. The child gets the same terminal; Ctrl+C reaches it by itself.
 */
export function runTypeScript(file, args = process.argv.slice(2)) {
  setUp();
  const child = spawn(process.execPath, ["--import", "tsx", join(root, file), ...args], {
    cwd: root,
    stdio: "inherit",
  });
  process.on("SIGINT", () => {});
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  child.on("exit", (code, signal) => {
    process.exitCode = code ?? 128 + (constants.signals[signal] ?? 0);
  });
}
