/** What a run of a graph is told besides the graph. */
export interface RunSettings {
  /** A shipped task or a file; null for the graph's own. */
  readonly task: string | null;
  readonly seed: number;
}

/** The command line that runs a saved graph as the editor would: blocks are in the file, the task and the seed are not. */
export function runCommand(fileName: string, { task, seed }: RunSettings): string {
  const chosen = task === null ? [] : ["--task", quoted(task)];
  const file = fileName.startsWith("-") ? `./${fileName}` : fileName;
  return ["denoodle", "run", quoted(file), ...chosen, "--seed", String(seed)].join(" ");
}

/** As POSIX shells take it; plain words stay as they are. */
const quoted = (text: string): string =>
  /^[\w./@%+=:,-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
