import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { root } from "../bench/subject.ts";
import type { Finished } from "./finished.ts";
import type { Row } from "./plan.ts";
import { said } from "./report.ts";

/** Every trial of every search, a line each: mean PSNR on the search pictures, empty where it diverged. */
export function searchCsv(all: readonly Finished[]): string {
  const lines = all.flatMap(({ row: { set, problem, sampler, nfe }, outcome }) =>
    outcome.ran
      ? outcome.trials.map(({ change, psnr }) =>
          [set, problem.name, sampler.label, nfe, said(change), psnr?.toFixed(3) ?? ""]
            .map((cell) => `"${String(cell)}"`)
            .join(","),
        )
      : [],
  );
  return ["set,problem,sampler,nfe,trial,psnr", ...lines].join("\n");
}

/** What each trial of a row's search reached in the stored search-SET.csv; null where it is not there. */
export function keptTrials({ set, problem, sampler, nfe }: Row): readonly (number | null)[] | null {
  const file = path.join(root, `docs/results/search-${set}.csv`);
  if (!existsSync(file)) return null;
  const start = [set, problem.name, sampler.label, nfe].map((cell) => `"${cell}"`).join(",");
  const reached = new Map(
    readFileSync(file, "utf8")
      .split("\n")
      .filter((line) => line.startsWith(`${start},`))
      .map((line) => line.slice(1, -1).split('","'))
      .map((cells) => [cells[4] ?? "", cells[5] ?? ""]),
  );
  const trials = sampler.search.map((change) => reached.get(said(change)));
  if (trials.some((psnr) => psnr === undefined)) return null;
  return trials.map((psnr) => (psnr === "" ? null : Number(psnr)));
}
