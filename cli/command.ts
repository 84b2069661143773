import type { ExitCode } from "./exit-code.ts";
import type { Terminal } from "./terminal.ts";

/** An option; without `value` it is a switch. */
export interface OptionSpec {
  /** What stands for the value in the help: `FILE`. */
  readonly value?: string;
  /** May be given more than once. */
  readonly repeats?: boolean;
  readonly help: string;
}

/** What was given on the command line, options by name. */
export interface Given {
  readonly positionals: readonly string[];
  readonly switches: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, readonly string[]>;
}

export interface Command {
  readonly summary: string;
  /** What stands after the command's name: `GRAPH…`. */
  readonly positionals: string;
  readonly options: Readonly<Record<string, OptionSpec>>;
  /** Lines under the help. */
  readonly notes?: readonly string[];
  readonly run: (given: Given, terminal: Terminal) => Promise<ExitCode>;
}

/** The call is at fault: exit code 2. The message is a sentence. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** The one value of an option, the last where it was given twice. */
export function valueOf(given: Given, option: string): string | undefined {
  return given.values.get(option)?.at(-1);
}

export function valuesOf(given: Given, option: string): readonly string[] {
  return given.values.get(option) ?? [];
}

/**
 * A whole number given as an option.
 *
 * @throws UsageError when it is none, or below `least`.
 */
export function integerOf(given: Given, option: string, least: number): number | undefined {
  const text = valueOf(given, option);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (/^-?\d+$/.test(text) && Number.isSafeInteger(value) && value >= least) return value;
  throw new UsageError(`--${option}: expected a whole number from ${least}, got "${text}".`);
}
