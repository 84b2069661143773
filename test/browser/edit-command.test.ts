import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { drift } from "../cli/support/graphs.ts";
import { launchChromium } from "../support/chromium.ts";

const bin = fileURLToPath(new URL("../../bin/denoodle.mjs", import.meta.url));
let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());

interface Running {
  readonly child: ChildProcess;
  readonly link: string;
  readonly errors: readonly string[];
}

/** `denoodle edit` as a process of its own; it builds the editor first where its sources changed. */
async function startEdit(argv: readonly string[], cwd: string): Promise<Running> {
  const child = spawn(process.execPath, [bin, "edit", "--port", "0", ...argv], {
    cwd,
    // The link as it is: elsewhere colours are part of what is printed.
    env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: undefined, CI: undefined },
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const errors: string[] = [];
  createInterface(child.stderr).on("line", (line) => errors.push(line));
  for await (const line of createInterface(child.stdout)) {
    const link = /http:\S+/.exec(line)?.[0];
    if (link !== undefined) return { child, link, errors };
  }
  throw new Error(`denoodle edit ended: ${errors.join("\n")}`);
}

const childrenOf = (pid: number | undefined): readonly string[] =>
  execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" })
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .flatMap(([child = "", parent]) => (parent === String(pid) ? [child] : []));

test("denoodle edit serves the editor with a graph open, and Ctrl-C ends it and all it started", async () => {
  const folder = mkdtempSync(join(tmpdir(), "denoodle-edit-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "mine.json"), JSON.stringify(drift(3)));
  const { child, link, errors } = await startEdit(["mine.json"], folder);
  expect(link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}&open=mine\.json$/);
  const page = await browser.newPage();
  onTestFinished(() => page.close());
  const complaints: string[] = [];
  page.on("console", (line) => {
    if (line.type() === "error") complaints.push(line.text());
  });
  page.on("pageerror", (error) => void complaints.push(error.message));
  await page.goto(link);
  // A node of the graph, which the page opens with no other graph.
  await page.getByText("Interpolate").first().waitFor();
  expect(page.url()).not.toContain("token");
  expect(await page.evaluate("crossOriginIsolated")).toBe(true);
  expect(complaints).toEqual([]);
  expect(errors.filter((line) => line.includes("refused"))).toEqual([]);
  const started = childrenOf(child.pid);
  child.kill("SIGINT");
  const [code] = (await once(child, "exit")) as [number | null];
  expect(code).toBe(0);
  const alive = () =>
    new Set(execFileSync("ps", ["-A", "-o", "pid="], { encoding: "utf8" }).split(/\s+/));
  await expect
    .poll(() => started.filter((pid) => alive().has(pid)), { timeout: 20_000 })
    .toEqual([]);
});
