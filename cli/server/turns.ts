/** A line in which one at a time has its turn, first come, first served. */
export interface Turns {
  /** Calls `begin` when the turn comes, maybe at once. What it returns ends the turn, or leaves the line. */
  readonly take: (begin: () => void) => () => void;
}

export function createTurns(): Turns {
  const line: (() => void)[] = [];
  return {
    take(begin) {
      line.push(begin);
      if (line[0] === begin) begin();
      return () => {
        const at = line.indexOf(begin);
        if (at < 0) return;
        line.splice(at, 1);
        if (at === 0) line[0]?.();
      };
    },
  };
}
