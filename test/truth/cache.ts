import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { root } from "../bench/subject.ts";
import { documentOf, type Cell, type Outcome } from "./run-row.ts";

const file = path.join(root, "out/truth/cells.json");
/** What a score depends on beside the cell. */
const scoring = ["exact.ts", "mixture.ts", "samples.ts", "sliced-wasserstein.ts", "problems.ts"];

/** Outcomes by cell, kept in a file: a command that was stopped goes on where it was. */
export interface Cache {
  find(cell: Cell): Outcome | undefined;
  keep(cell: Cell, outcome: Outcome): void;
}

/** @param fresh whether what is kept is forgotten. */
export function openCache(fresh: boolean): Cache {
  const kept = new Map<string, Outcome>(
    fresh || !existsSync(file)
      ? []
      : Object.entries(JSON.parse(readFileSync(file, "utf8")) as Record<string, Outcome>),
  );
  const rule = scoring.map((name) => readFileSync(path.join(import.meta.dirname, name), "utf8"));
  const keyOf = (cell: Cell) => cellKey(cell, rule);
  return {
    find: (cell) => kept.get(keyOf(cell)),
    keep(cell, outcome) {
      kept.set(keyOf(cell), outcome);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(`${file}.part`, JSON.stringify(Object.fromEntries(kept)));
      renameSync(`${file}.part`, file);
    },
  };
}

/** Changes with the sampler's graph, its settings, the problem and the rules of scoring. */
function cellKey({ row, problem, nfe, batch, seed }: Cell, rule: readonly string[]): string {
  const feeds = row.feeds(nfe, problem);
  const what = [row.name, documentOf(row), feeds, problem, nfe, batch, seed, rule];
  return createHash("sha256").update(JSON.stringify(what)).digest("hex").slice(0, 24);
}
