import pc from "picocolors";

/** Where a command writes, and what it may know of its surroundings. */
export interface Terminal {
  /** A line of the answer. */
  readonly out: (line: string) => void;
  /** A line beside the answer: progress, warnings, errors. */
  readonly err: (line: string) => void;
  /** Where a progress bar is drawn; undefined where nobody watches. */
  readonly progress: NodeJS.WritableStream | undefined;
  readonly colours: Colours;
  /** Paths on the command line start here. */
  readonly cwd: string;
  /** Calls `handler` at Ctrl-C or SIGTERM, instead of ending the process; returns what undoes it. */
  readonly onInterrupt: (handler: () => void) => () => void;
}

export type Colours = Pick<
  ReturnType<typeof pc.createColors>,
  "bold" | "dim" | "red" | "yellow" | "green" | "cyan"
>;

/** The terminal of this process. Colours follow NO_COLOR, FORCE_COLOR and whether anyone looks. */
export function processTerminal(): Terminal {
  const { stdout, stderr } = process;
  // Whoever reads us may stop reading, as `head` does.
  for (const stream of [stdout, stderr])
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
      process.exit();
    });
  return {
    out: (line) => void stdout.write(`${line}\n`),
    err: (line) => void stderr.write(`${line}\n`),
    progress: stderr.isTTY ? stderr : undefined,
    colours: pc.createColors(pc.isColorSupported),
    cwd: process.cwd(),
    onInterrupt(handler) {
      const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
      for (const signal of signals) process.on(signal, handler);
      return () => {
        for (const signal of signals) process.off(signal, handler);
      };
    },
  };
}
