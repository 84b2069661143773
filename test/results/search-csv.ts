import type { Finished } from "./finished.ts";
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
