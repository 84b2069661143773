import { parseArgs } from "node:util";
import { nearest } from "../runtime/graph/nearest.ts";
import { UsageError, type Given, type OptionSpec } from "./command.ts";

/**
 * Sorts a command line into positionals, switches and values. `--` ends the options.
 *
 * @throws UsageError for an unknown option, a missing or a superfluous value.
 */
export function parseArguments(
  options: Readonly<Record<string, OptionSpec>>,
  argv: readonly string[],
): Given {
  const known: Readonly<Record<string, OptionSpec>> = { help: { help: "" }, ...options };
  refuseOneDash(argv, Object.keys(known));
  const { tokens } = parseArgs({
    args: [...argv],
    options: Object.fromEntries(
      Object.entries(known).map(([name, { value }]) => [
        name,
        value === undefined
          ? ({ type: "boolean", ...(name === "help" ? { short: "h" } : {}) } as const)
          : ({ type: "string", multiple: true } as const),
      ]),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const positionals: string[] = [];
  const switches = new Set<string>();
  const values = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind === "positional") positionals.push(token.value);
    if (token.kind !== "option") continue;
    const spec = Object.hasOwn(known, token.name) ? known[token.name] : undefined;
    if (spec === undefined) throw unknownOption(token.rawName, Object.keys(known));
    if (spec.value === undefined) {
      if (token.value !== undefined) throw new UsageError(`${token.rawName} takes no value.`);
      switches.add(token.name);
    } else {
      const before = values.get(token.name) ?? [];
      if (token.value === undefined)
        throw new UsageError(`${token.rawName} needs a value: ${token.rawName} ${spec.value}.`);
      if (before.length > 0 && spec.repeats !== true)
        throw new UsageError(`${token.rawName} was given twice.`);
      values.set(token.name, [...before, token.value]);
    }
  }
  return { positionals, switches, values };
}

/** `-seed` would be read as the short options s, e, e and d. */
function refuseOneDash(argv: readonly string[], known: readonly string[]): void {
  const end = argv.indexOf("--");
  const words = argv.slice(0, end < 0 ? argv.length : end).map((word) => word.split("=")[0] ?? "");
  const odd = words.find((word) => /^-[a-z]{2}/.test(word) && known.includes(word.slice(1)));
  if (odd !== undefined) throw unknownOption(odd, known);
}

function unknownOption(rawName: string, known: readonly string[]): UsageError {
  const near = nearest(rawName.replace(/^-+/, ""), known);
  const hint = near === null ? "" : ` Did you mean --${near}?`;
  return new UsageError(`There is no option ${rawName}.${hint}`);
}
