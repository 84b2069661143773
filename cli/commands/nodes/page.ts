import type { Colours } from "../../terminal.ts";

/** What `denoodle nodes` lists, and tells when it is asked about one. */
export interface Entry {
  /** `family/name`. */
  readonly type: string;
  readonly title: string;
  readonly page: (colours: Colours) => readonly string[];
}

/** An empty line, a heading and the lines below it, indented; nothing where there are none. */
export function section(
  title: string,
  lines: readonly string[],
  { bold }: Colours,
): readonly string[] {
  return lines.length === 0 ? [] : ["", bold(title), ...lines.map((line) => `  ${line}`)];
}

/** Names in one column, what is said of each in the next. */
export function columns(rows: Readonly<Record<string, string>>): readonly string[] {
  const width = Math.max(0, ...Object.keys(rows).map((name) => name.length));
  return Object.entries(rows).map(([name, text]) => `${name.padEnd(width)}  ${text}`.trimEnd());
}

/** A JSON value as it stands in a graph file. */
export function jsonLines(value: unknown): readonly string[] {
  return JSON.stringify(value, null, 2).split("\n");
}
