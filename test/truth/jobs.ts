import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

const main = path.join(import.meta.dirname, "main.ts");

/**
 * Runs the command on every problem in a process of its own, `jobs` at a time; what they find is in the cache.
 *
 * @throws Error where one of them fails.
 */
export async function runApart(
  problems: readonly string[],
  jobs: number,
  more: readonly string[],
): Promise<void> {
  const waiting = [...problems];
  const worker = async () => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      const args = ["--import", "tsx", main, "--problem", name, "--jobs", "1", ...more];
      const [code] = await once(spawn(process.execPath, args, { stdio: "inherit" }), "exit");
      if (code !== 0) throw new Error(`the problem "${name}" ended with code ${String(code)}`);
    }
  };
  await Promise.all(Array.from({ length: jobs }, worker));
}
