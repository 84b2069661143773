import type { RunState } from "./run-store.ts";

/** What an iteration of an outermost zone takes, of the last ones. */
export interface ZoneCost {
  readonly iterations: number;
  readonly ms: number;
  readonly nfe: number;
  readonly vjpCalls: number;
}

const recent = 20;

/** Null while fewer than two iterations are known. The first is left out: programs are compiled in it. */
export function zoneCost({ steps }: Pick<RunState, "steps">, zone: string): ZoneCost | null {
  const own = steps.filter((step) => step.zone === zone).slice(-recent - 1);
  const [first, last] = [own[0], own.at(-1)];
  if (first === undefined || last === undefined || own.length < 2) return null;
  const iterations = own.length - 1;
  const each = (name: "ms" | "nfe" | "vjpCalls") => (last[name] - first[name]) / iterations;
  return { iterations, ms: each("ms"), nfe: each("nfe"), vjpCalls: each("vjpCalls") };
}
