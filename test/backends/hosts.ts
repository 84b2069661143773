import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import type { BackendId } from "../../runtime/execute/backend.ts";
import type { GraphsPage } from "../browser/graphs-page.ts";
import type { HostReport } from "./host-report.ts";
import { fromText, toText } from "./plain-text.ts";
import type { Answer, GraphCase } from "./run-case.ts";
import { until } from "../support/until.ts";

/** A place where graphs run: a process, or a worker of a page. One call at a time. */
export interface Host {
  readonly report: HostReport;
  run(graphCase: GraphCase): Promise<Answer>;
  close(): Promise<void>;
}

/** A Node backend in a process of its own, whose environment decides which drivers there are. */
export async function startNodeHost(
  wanted: "auto" | BackendId,
  environment: Readonly<Record<string, string>> = {},
): Promise<Host> {
  const file = fileURLToPath(new URL("./graph-child.ts", import.meta.url));
  const child = fork(file, [wanted], {
    execArgv: ["--import", "tsx"],
    env: { ...process.env, ...environment },
    serialization: "advanced",
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  const errors: Buffer[] = [];
  child.stderr?.on("data", (part: Buffer) => errors.push(part));
  const next = <T>(): Promise<T> =>
    new Promise((resolve, reject) => {
      const ended = (code: number | null, signal: string | null) =>
        reject(new Error(`the process ended with ${signal ?? code}:\n${Buffer.concat(errors)}`));
      child.once("close", ended);
      child.once("message", (message) => {
        child.off("close", ended);
        resolve(message as T);
      });
    });
  return {
    report: await next<HostReport>(),
    run(graphCase) {
      const answer = next<Answer>();
      child.send(graphCase);
      return answer;
    },
    async close() {
      const closed = new Promise((resolve) => child.once("close", resolve));
      child.kill("SIGKILL");
      await closed;
    },
  };
}

/** A backend in a worker of the test page at `url`. */
export async function startPageHost(
  browser: Browser,
  url: string,
  wanted: "auto" | BackendId,
): Promise<Host> {
  const page = await browser.newPage();
  await page.goto(url);
  await until(page, "globalThis.graphs !== undefined");
  const report = await page.evaluate(
    (id) => (globalThis as unknown as { graphs: GraphsPage }).graphs.start(id),
    wanted,
  );
  return {
    report: fromText(report),
    async run(graphCase) {
      const answer = await page.evaluate(
        (text) => (globalThis as unknown as { graphs: GraphsPage }).graphs.run(text),
        toText(graphCase),
      );
      return fromText(answer);
    },
    close: () => page.close(),
  };
}
