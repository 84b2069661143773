import { join } from "node:path";
import { IssueError } from "../../runtime/base/issue.ts";
import { startEngineProcess } from "../engine/engine-process.ts";
import { packageFolder } from "../library.ts";
import { reportError } from "../report-issues.ts";
import { processTerminal } from "../terminal.ts";
import { demo } from "./demo.ts";
import { stages } from "./stages.ts";

// Started by scripts/demo.mjs.
const terminal = processTerminal();
const engine = startEngineProcess();
try {
  process.exitCode = await demo(stages, {
    engine,
    terminal,
    folder: join(packageFolder, "out", "demo"),
    clock: () => performance.now(),
  });
} catch (error) {
  if (!(error instanceof IssueError)) throw error;
  reportError(error, terminal);
  process.exitCode = 3;
} finally {
  engine.kill();
}
