import { IssueError } from "../runtime/base/issue.ts";
import { nearest } from "../runtime/graph/nearest.ts";
import { UsageError, type Command } from "./command.ts";
import { commands } from "./commands/table.ts";
import type { ExitCode } from "./exit-code.ts";
import { commandHelp, mainHelp } from "./help.ts";
import { parseArguments } from "./parse-arguments.ts";
import { reportError } from "./report-issues.ts";
import { versions } from "./run/record.ts";
import { processTerminal, type Terminal } from "./terminal.ts";

/** The program: takes the words after its name, returns the exit code. */
export async function main(
  argv: readonly string[],
  terminal: Terminal = processTerminal(),
): Promise<ExitCode> {
  const [name = "", ...rest] = argv;
  if (name === "--version" || name === "-v") return version(terminal);
  if (helpWords.has(name)) return programHelp(name, rest[0], terminal);
  const command = commandNamed(name);
  return command === undefined
    ? unknownCommand(name, terminal)
    : runCommand(name, command, { argv: rest, terminal });
}

const helpWords: ReadonlySet<string> = new Set(["", "help", "--help", "-h"]);

function commandNamed(name: string | undefined): Command | undefined {
  return name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined;
}

function version(terminal: Terminal): ExitCode {
  terminal.out(versions()["denoodle"] ?? "");
  return 0;
}

/** The help of the program, or with `help COMMAND` that of a command; not asked for, it is a wrong call. */
function programHelp(word: string, asked: string | undefined, terminal: Terminal): ExitCode {
  const command = commandNamed(asked);
  if (asked !== undefined && command !== undefined) return help(asked, command, terminal);
  for (const line of mainHelp(commands, versions()["denoodle"] ?? "", terminal.colours))
    terminal.out(line);
  return word === "" ? 2 : 0;
}

async function runCommand(
  name: string,
  command: Command,
  { argv, terminal }: { readonly argv: readonly string[]; readonly terminal: Terminal },
): Promise<ExitCode> {
  try {
    const given = parseArguments(command.options, argv);
    if (given.switches.has("help")) return help(name, command, terminal);
    return await command.run(given, terminal);
  } catch (error) {
    if (error instanceof UsageError) {
      terminal.err(`${terminal.colours.red("error")} ${error.message}`);
      terminal.err(`denoodle ${name} --help shows how to call it.`);
      return 2;
    }
    if (!(error instanceof IssueError)) return ownMistake(error, terminal);
    reportError(error, terminal);
    return error.issues.some(({ code }) => failureCodes.test(code)) ? 3 : 1;
  }
}

/** What is neither the graph's fault nor an input's. */
const failureCodes = /^(?:internal$|engine\.|file\.write$|backend\.(?:unavailable|memory|run)$)/;

/** A fault of Denoodle's own keeps its stack, for whoever reports it. */
function ownMistake(error: unknown, terminal: Terminal): ExitCode {
  const { red, dim } = terminal.colours;
  const [first = "", ...stack] = String(error instanceof Error ? error.stack : error).split("\n");
  terminal.err(`${red("error")} Denoodle made a mistake of its own: ${first} [internal]`);
  for (const line of stack) terminal.err(dim(line));
  return 3;
}

function help(name: string, command: Command, terminal: Terminal): ExitCode {
  for (const line of commandHelp(name, command, terminal.colours)) terminal.out(line);
  return 0;
}

function unknownCommand(name: string, terminal: Terminal): ExitCode {
  const near = nearest(name, Object.keys(commands));
  const hint =
    near === null ? `Known: ${Object.keys(commands).join(", ")}.` : `Did you mean "${near}"?`;
  terminal.err(`${terminal.colours.red("error")} There is no command "${name}". ${hint}`);
  return 2;
}
