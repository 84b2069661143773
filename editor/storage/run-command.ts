import type { Ui } from "../document/ui.ts";

/**
 * The command line that runs a saved graph as the editor would, from a checkout or where the package is installed; the
 * seed and the samples, which the file keeps for the editor, are said.
 */
export function runCommand(
  fileName: string,
  { seed, samples }: Pick<Ui, "seed" | "samples">,
): string {
  const file = fileName.startsWith("-") ? `./${fileName}` : fileName;
  const batch = samples === null ? [] : ["--samples", String(samples)];
  return ["npx", "denoodle", "run", quoted(file), "--seed", String(seed), ...batch].join(" ");
}

/** As POSIX shells take it; plain words stay as they are. */
const quoted = (text: string): string =>
  /^[\w./@%+=:,-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
