import type { Command, OptionSpec } from "./command.ts";
import type { Colours } from "./terminal.ts";

/** The help of one command, as lines. */
export function commandHelp(
  name: string,
  command: Command,
  { bold, dim }: Colours,
): readonly string[] {
  const options: Readonly<Record<string, OptionSpec>> = {
    ...command.options,
    help: { help: "Shows this." },
  };
  const usage = ["denoodle", name, command.positionals, "[options]"].filter((word) => word !== "");
  const left = Object.entries(options).map(
    ([option, { value }]) => `--${option}${value === undefined ? "" : ` ${value}`}`,
  );
  const width = Math.max(...left.map((text) => text.length));
  return [
    bold(usage.join(" ")),
    "",
    command.summary,
    "",
    ...Object.values(options).map(({ help, repeats }, i) => {
      const more = repeats === true ? dim(" May be repeated.") : "";
      return `  ${(left[i] ?? "").padEnd(width)}  ${help}${more}`;
    }),
    ...(command.notes === undefined ? [] : ["", ...command.notes]),
  ];
}

/** The help of the program, as lines. */
export function mainHelp(
  commands: Readonly<Record<string, Command>>,
  version: string,
  { bold }: Colours,
): readonly string[] {
  const width = Math.max(...Object.keys(commands).map((name) => name.length));
  return [
    `${bold("denoodle")} ${version}: diffusion samplers for inverse problems as graphs of parts.`,
    "",
    "denoodle COMMAND [arguments] [options]",
    "",
    ...Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`),
    "",
    "denoodle COMMAND --help shows the options of a command.",
    "Exit codes: 0 done, 1 the graph or an input is wrong, 2 the call is wrong,",
    "3 it failed while running, 130 it was interrupted.",
  ];
}
