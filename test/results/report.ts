import { claimsMarkdown } from "./claims.ts";
import type { Finished } from "./finished.ts";
import { pictureSets } from "./pictures.ts";
import { mean, type Outcome } from "./row.ts";
import type { Row } from "./plan.ts";

/** What is known of each set of pictures and problem, by `set-problem`. */
export function groupsOf(all: readonly Finished[]): ReadonlyMap<string, readonly Finished[]> {
  const groups = new Map<string, Finished[]>();
  for (const each of all) {
    const name = `${each.row.set}-${each.row.problem.name}`;
    groups.set(name, [...(groups.get(name) ?? []), each]);
  }
  return groups;
}

/** Where a page's rows come from. */
interface Made {
  /** When and on what. */
  readonly machine: string;
  /** How many rows the whole page has. */
  readonly rows: number;
  readonly keptSearch: boolean;
}

/** The page docs/results/samplers-SET.md: a table for every problem of the set. */
export function resultsMarkdown(
  set: string,
  all: readonly Finished[],
  { machine, rows, keptSearch }: Made,
): string {
  const sections = [...groupsOf(all).values()].map((group) => section(group));
  return [
    `# Samplers on ${set}`,
    `${machine} Made by \`npm run results -- --set ${set}${keptSearch ? " --keep-search" : ""} --write\`.${all.length < rows ? ` Not finished: ${all.length} of ${rows} rows have been run; the command goes on where it stopped.` : ""}`,
    pictureSets[set]?.says ?? "",
    `The hyper-parameters are those with the best mean PSNR among the listed trials on the search pictures (at most 12, test/results/plan.json; what each trial reached: [search-${set}.csv](search-${set}.csv); of DPS at 1000 evaluations on the first two), then run once on the test pictures.${keptSearch ? " The search was made with an earlier training of the prior and kept." : ""} Every sampler gets the same measurement. PSNR in dB and SSIM by metric/psnr and metric/ssim, ± standard error over pictures; residual: root mean square of y − A x in units of the measurement noise; NFE: network evaluations a picture, + VJP where as many vector-Jacobian products; seconds: of one picture, run in a batch on one core with another row beside it; memory: the most the process held.`,
    ...claimsMarkdown(all),
    ...sections,
  ].join("\n\n");
}

function section(group: readonly Finished[]): string {
  const [{ row, outcome }] = group as [Finished];
  const ran = group.filter(
    (each): each is { row: Row; outcome: Extract<Outcome, { ran: true }> } => each.outcome.ran,
  );
  const baseline = ran.find(({ outcome: { baseline: known } }) => known !== null)?.outcome.baseline;
  const lines = ran
    .toSorted((a, b) => mean(b.outcome.psnr) - mean(a.outcome.psnr))
    .map(({ row: { sampler }, outcome: found }) =>
      [
        sampler.label,
        `${found.nfe}${found.vjpCalls > 0 ? " + VJP" : ""}`,
        withError(found.psnr, 2),
        withError(found.ssim, 3),
        mean(found.residual).toFixed(2),
        found.seconds.toFixed(found.seconds < 1 ? 2 : 1),
        Math.round(found.peakMB),
        said(found.chosen),
        found.images,
      ].join(" | "),
    );
  const left = group.flatMap(({ row: { sampler }, outcome: found }) =>
    found.ran ? [] : [`- ${sampler.label}: ${found.why}`],
  );
  return [
    `## ${row.problem.label}, ${row.set}`,
    baseline === undefined || baseline === null
      ? "No trivial reconstruction exists."
      : `Trivial reconstruction: ${baseline.psnr.toFixed(2)} dB, SSIM ${baseline.ssim.toFixed(3)}.`,
    ...(outcome.ran || lines.length > 0
      ? [
          `[What they look like](pictures/${row.set}-${row.problem.name}.jpg): each sampler at its best budget, best first.`,
          [
            "| sampler | NFE | PSNR | SSIM | residual | s | MB | chosen | pictures |",
            "|---|---:|---:|---:|---:|---:|---:|---|---:|",
            ...lines.map((line) => `| ${line} |`),
          ].join("\n"),
        ]
      : []),
    ...(left.length === 0 ? [] : [`Not run:\n\n${[...new Set(left)].join("\n")}`]),
  ].join("\n\n");
}

function withError(values: readonly number[], digits: number): string {
  const middle = mean(values);
  const variance = mean(values.map((v) => (v - middle) ** 2));
  const error = Math.sqrt(variance / Math.max(1, values.length - 1));
  return `${middle.toFixed(digits)} ± ${error.toFixed(digits)}`;
}

export const said = ({ slots, schedule }: { slots: object; schedule: object }): string =>
  Object.entries({ ...slots, ...schedule })
    .map(([name, value]) => `${name} ${value}`)
    .join(", ") || "defaults";
