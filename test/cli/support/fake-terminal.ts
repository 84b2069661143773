import pc from "picocolors";
import type { Terminal } from "../../../cli/terminal.ts";

export interface FakeTerminal extends Terminal {
  readonly outLines: readonly string[];
  readonly errLines: readonly string[];
  /** What Ctrl-C does. */
  readonly interrupt: () => void;
}

/** A terminal without colours, whose lines are kept. */
export function fakeTerminal(cwd: string): FakeTerminal {
  const outLines: string[] = [];
  const errLines: string[] = [];
  const handlers = new Set<() => void>();
  return {
    out: (line) => void outLines.push(line),
    err: (line) => void errLines.push(line),
    progress: undefined,
    colours: pc.createColors(false),
    cwd,
    onInterrupt(handler) {
      handlers.add(handler);
      return () => void handlers.delete(handler);
    },
    outLines,
    errLines,
    interrupt: () => handlers.forEach((handler) => handler()),
  };
}
