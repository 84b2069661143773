import { spawn, type ChildProcess } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { startEngineProcess } from "../../cli/engine/engine-process.ts";
import { IssueError } from "../../runtime/base/issue.ts";
import { runGraph, runCommand } from "../../cli/commands/run.ts";
import { parseArguments } from "../../cli/parse-arguments.ts";
import { fakeTerminal } from "./support/fake-terminal.ts";
import { anneal } from "./support/graphs.ts";
import { slowShape, writeSlowModel } from "./support/slow-model.ts";
import { newFolder } from "../support/new-folder.ts";
import { writeArray, writeJson } from "./support/try-run.ts";

const program = fileURLToPath(new URL("../../bin/denoodle.mjs", import.meta.url));

function slowFolder(products: number): string {
  const folder = newFolder();
  writeSlowModel(folder, products);
  writeJson(folder, "slow.json", anneal("slow.onnx", 12));
  writeArray(folder, "image.npy", slowShape, 0.01);
  return folder;
}
const args = ["slow.json", "--in", "image=image.npy", "--backend", "cpu", "--out", "kept"];

/** Starts the program in a process group of its own, as a shell does. */
function startProgram(folder: string, ...argv: readonly string[]): ChildProcess {
  return spawn(process.execPath, [program, "run", ...argv], {
    cwd: folder,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** Resolves when a line of stdout matches. */
function line(child: ChildProcess, pattern: RegExp): Promise<void> {
  return new Promise((resolve, reject) => {
    let text = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      if (pattern.test(text)) resolve();
    });
    child.on("exit", (code) => reject(new Error(`it ended with ${code} after: ${text}`)));
  });
}

function ending(child: ChildProcess): Promise<number | string | null> {
  return new Promise((resolve) => child.on("exit", (code, signal) => resolve(signal ?? code)));
}

const record = (folder: string): Record<string, unknown> =>
  JSON.parse(readFileSync(join(folder, "kept", "run.json"), "utf8")) as Record<string, unknown>;
const bits = (folder: string, run: string): Buffer => readFileSync(join(folder, run, "x0.npy"));
const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe("the program in a process", { timeout: 240_000 }, () => {
  test("Ctrl-C in the middle of a long network call exits 130 and keeps what there is", async () => {
    const folder = slowFolder(400);
    const child = startProgram(folder, ...args, "--json");
    const ended = ending(child);
    await line(child, /"output":"x0"/);
    process.kill(-(child.pid ?? 0), "SIGINT");
    expect(await ended).toBe(130);
    expect(record(folder)["status"]).toBe("interrupted");
    expect(readdirSync(join(folder, "kept"))).toContain("x0.png");
    expect(readdirSync(folder).filter((name) => name.startsWith("."))).toEqual([]);
  });

  test("what was interrupted goes on from its checkpoint to the same bits", async () => {
    const folder = slowFolder(10);
    const whole = startProgram(folder, ...args.slice(0, -1), "whole");
    expect(await ending(whole)).toBe(0);
    const child = startProgram(folder, ...args, "--json", "--checkpoint", "c.bin");
    const ended = ending(child);
    await line(child, /"iteration":1[^]*"checkpoint"/);
    process.kill(-(child.pid ?? 0), "SIGINT");
    expect(await ended).toBe(130);
    const rest = startProgram(folder, ...args.slice(0, -1), "rest", "--resume", "c.bin");
    expect(await ending(rest)).toBe(0);
    expect(bits(folder, "rest")).toEqual(bits(folder, "whole"));
  });
});

describe("an engine that dies", { timeout: 240_000 }, () => {
  for (const signal of ["SIGABRT", "SIGKILL"] as const)
    test(`by ${signal} does not take its host down: exit code 3, and what there is is kept`, async () => {
      const folder = slowFolder(10);
      const terminal = fakeTerminal(folder);
      const engine = startEngineProcess();
      const running = runGraph(
        parseArguments(runCommand.options, [...args, "--json"]),
        {
          ...terminal,
          out: (text) => {
            if (text.includes('"output":"x0"') && engine.pid !== undefined && isAlive(engine.pid))
              process.kill(engine.pid, signal);
            terminal.out(text);
          },
        },
        () => engine,
      );
      expect(await running).toBe(3);
      const { status, issues } = record(folder);
      expect(status).toBe("failed");
      expect(issues).toMatchObject([
        { code: "engine.ended", message: expect.stringContaining(signal) },
      ]);
      expect(readdirSync(join(folder, "kept"))).toContain("x0.png");
    });

  test("before it began is a located failure, not a crash", async () => {
    const script = fileURLToPath(new URL("support/dying-engine.mjs", import.meta.url));
    const engine = startEngineProcess({ script });
    const events = engine.run({
      compile: {
        document: { denoodle: 1, name: "x", inputs: {}, graph: {}, outputs: {}, blocks: {} },
        feeds: {},
        batch: 1,
        assets: { tensors: new Map(), models: new Map() },
      },
      options: { backend: "cpu", seed: 0 },
    });
    const failure: unknown = await events.next().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(IssueError);
    expect(String(failure)).toContain("engine.ended");
  });
});
