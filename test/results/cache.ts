import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { root } from "../bench/subject.ts";
import type { Row } from "./plan.ts";
import type { Outcome } from "./row.ts";

interface Manner {
  readonly models: string;
  readonly quick: boolean;
  readonly keepSearch: boolean;
}

const folder = path.join(root, "out/results");

/**
 * A row's file: its name changes with what the row says, with the sampler's graph and with the
 * prior, so that a command that was stopped goes on, and a changed sampler is run again.
 */
export function cacheFile(row: Row, { models, ...how }: Manner): string {
  const graph = readFileSync(path.join(root, `graphs/samplers/${row.sampler.graph}.json`));
  const prior = readFileSync(
    path.join(models, row.set.startsWith("fashion") ? "fashion28.onnx" : "photo64.onnx"),
  );
  const hash = createHash("sha256")
    .update(JSON.stringify({ ...row, ...how }))
    .update(graph)
    .update(prior)
    .digest("hex")
    .slice(0, 16);
  return path.join(
    folder,
    `${row.set}-${row.problem.name}-${row.sampler.graph}-${row.nfe}-${hash}.json`,
  );
}

export function readOutcome(file: string): Outcome | null {
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Outcome) : null;
}

export function keepOutcome(file: string, outcome: Outcome): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${file}.part`, JSON.stringify(outcome));
  renameSync(`${file}.part`, file);
}
