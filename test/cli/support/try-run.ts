import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { main } from "../../../cli/main.ts";
import { runGraph, runCommand } from "../../../cli/commands/run.ts";
import { parseArguments } from "../../../cli/parse-arguments.ts";
import { IssueError } from "../../../runtime/base/issue.ts";
import { writeNpy } from "../../../runtime/tensor/npy.ts";
import { float32, type Shape } from "../../../runtime/tensor/tensor.ts";
import { engineHere } from "./engine-here.ts";
import { fakeTerminal, type FakeTerminal } from "./fake-terminal.ts";

/** Calls the program as a function; its engine is a process. */
export async function call(folder: string, ...argv: readonly string[]) {
  const terminal = fakeTerminal(folder);
  const exit = await main(argv, terminal);
  return { exit, terminal };
}

/** `denoodle run …` with the engine in this process: exit code by `main`'s rules for issues. */
export async function runHere(
  folder: string,
  ...argv: readonly string[]
): Promise<{
  readonly exit: number;
  readonly issues: readonly string[];
  readonly codes: readonly string[];
  readonly fixes: readonly string[];
  readonly places: readonly string[];
  readonly terminal: FakeTerminal;
}> {
  const terminal = fakeTerminal(folder);
  try {
    const exit = await runGraph(parseArguments(runCommand.options, argv), terminal, engineHere);
    return { exit, issues: [], codes: [], fixes: [], places: [], terminal };
  } catch (error) {
    if (!(error instanceof IssueError)) throw error;
    const issues = error.issues.map(({ message }) => message);
    const codes = error.issues.map(({ code }) => code);
    const fixes = error.issues.map(({ fix = "" }) => fix);
    const places = error.issues.map(({ at }) => (at.path ?? []).join("."));
    return { exit: 1, issues, codes, fixes, places, terminal };
  }
}

/** What is left in a folder, hidden files included. */
export function filesIn(folder: string): readonly string[] {
  return readdirSync(folder).toSorted();
}

export function writeJson(folder: string, name: string, value: unknown): string {
  writeFileSync(join(folder, name), JSON.stringify(value));
  return name;
}

export function writeArray(folder: string, name: string, shape: Shape, value = 0.25): string {
  const size = shape.reduce((product, d) => product * d, 1);
  const tensor = float32(new Float32Array(size).fill(value), shape);
  writeFileSync(join(folder, name), writeNpy(tensor));
  return name;
}
