/** What a run of a graph is told besides the graph. */
export interface RunSettings {
  /** A shipped task or a file; null for the graph's own. */
  readonly task: string | null;
  readonly seed: number;
  /** How many; null for as many as are fed, else one, as the command line has it by itself. */
  readonly samples: number | null;
}

/** The command line that runs a saved graph as the editor would, from a checkout or where the package is installed: blocks are in the file, the task, the seed and the samples are not. */
export function runCommand(fileName: string, { task, seed, samples }: RunSettings): string {
  const chosen = task === null ? [] : ["--task", quoted(task)];
  const file = fileName.startsWith("-") ? `./${fileName}` : fileName;
  const batch = samples === null ? [] : ["--samples", String(samples)];
  return ["npx", "denoodle", "run", quoted(file), ...chosen, "--seed", String(seed), ...batch].join(
    " ",
  );
}

/** As POSIX shells take it; plain words stay as they are. */
const quoted = (text: string): string =>
  /^[\w./@%+=:,-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
