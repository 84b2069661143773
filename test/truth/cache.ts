import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { root } from "../bench/subject.ts";
import { documentOf, type Cell, type Outcome } from "./run-row.ts";

const folder = path.join(root, "out/truth");
/** What a score depends on beside the cell. */
const scoring = ["exact.ts", "mixture.ts", "samples.ts", "sliced-wasserstein.ts", "problems.ts"];

/** Outcomes by cell, a file a problem: a command that was stopped goes on where it was, and two may run at once. */
export interface Cache {
  find(cell: Cell): Outcome | undefined;
  keep(cell: Cell, outcome: Outcome): void;
}

type Kept = Record<string, Outcome>;

/** @param fresh whether what is kept is forgotten. */
export function openCache(fresh: boolean): Cache {
  const opened = new Map<string, Kept>();
  const keptOf = (file: string): Kept => {
    const kept = opened.get(file) ?? (fresh ? {} : readKept(file));
    opened.set(file, kept);
    return kept;
  };
  const rule = scoring.map((name) => readFileSync(path.join(import.meta.dirname, name), "utf8"));
  return {
    find: (cell) => keptOf(fileOf(cell))[cellKey(cell, rule)],
    keep(cell, outcome) {
      const file = fileOf(cell);
      const kept = keptOf(file);
      kept[cellKey(cell, rule)] = outcome;
      mkdirSync(folder, { recursive: true });
      writeFileSync(`${file}.part`, JSON.stringify(kept));
      renameSync(`${file}.part`, file);
    },
  };
}

const fileOf = ({ problem }: Cell) =>
  path.join(folder, `${problem.name.replaceAll(/[^a-z0-9]+/gi, "-")}.json`);

const readKept = (file: string): Kept =>
  existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Kept) : {};

/** Changes with the sampler's graph, its settings, the problem and the rules of scoring. */
function cellKey({ row, problem, nfe, batch, seed }: Cell, rule: readonly string[]): string {
  const feeds = row.feeds(nfe, problem);
  const what = [row.name, documentOf(row), feeds, problem, nfe, batch, seed, rule];
  return createHash("sha256").update(JSON.stringify(what)).digest("hex").slice(0, 24);
}
