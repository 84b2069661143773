import type { Finished } from "./finished.ts";
import { mean } from "./row.ts";

/** What a paper says of its method beside others, as rows of the tables that can be compared. */
interface Claim {
  readonly title: string;
  readonly ours: readonly string[];
  readonly nfe: readonly number[];
  readonly others: readonly Opponent[];
}

interface Opponent {
  readonly graph: string;
  /** Its budget; null: that of the method it stands beside. */
  readonly nfe: number | null;
}

const at = (nfe: number | null, ...graphs: readonly string[]): readonly Opponent[] =>
  graphs.map((graph) => ({ graph, nfe }));

/** Chen et al. 2024 (MO); Zhang et al. 2024 (ProjDiff); Pandey et al. 2024 (C-PiGDM). */
const claims: readonly Claim[] = [
  {
    title: "MO at 50 and 100 evaluations, beside DPS at 1000 and DAPS at 200",
    ours: ["dps-mo"],
    nfe: [50, 100],
    others: [...at(1000, "dps"), ...at(200, "daps")],
  },
  {
    title:
      "C-PiGDM at 5, 10 and 20 evaluations, beside PiGDM, DDRM and DPS at as many (DPS at 20, by DDIM)",
    ours: ["c-pigdm"],
    nfe: [5, 10, 20],
    others: at(null, "pigdm-continuous", "pigdm", "ddrm", "dps-ddim"),
  },
  {
    title:
      "ProjDiff at 20 and 100 evaluations, beside DDRM, DDNM, DDNM+ and DPS at as many, and DPS at 1000",
    ours: ["projdiff-noisy", "projdiff-svd", "projdiff-hdr"],
    nfe: [20, 100],
    others: [...at(null, "ddrm", "ddnm", "ddnm-plus", "dps-ddim"), ...at(1000, "dps")],
  },
];

/** The papers' claims as differences of PSNR on the same pictures and measurements. */
export function claimsMarkdown(all: readonly Finished[]): readonly string[] {
  const tables = claims.flatMap((claim) => {
    const lines = linesOf(claim, all);
    if (lines.length === 0) return [];
    return [
      `### ${claim.title}`,
      [
        "| pictures | problem | method | beside | difference, dB | |",
        "|---|---|---|---|---:|---|",
        ...lines.map(({ text }) => text),
      ].join("\n"),
      summary(lines),
      ...notShown(lines),
    ];
  });
  if (tables.length === 0) return [];
  return [
    "## The papers' claims",
    "Mean difference of PSNR on the same pictures and measurements, ± its standard error; above 0 the method is better. Within two standard errors nothing is said.",
    ...tables,
  ];
}

type Verdict = "better" | "worse" | "level";
interface Line {
  readonly text: string;
  readonly verdict: Verdict;
  readonly mine: Ran;
  readonly theirs: Ran;
}

type Ran = Finished & { readonly outcome: Extract<Finished["outcome"], { ran: true }> };

const named = ({ row }: Ran) => `${row.sampler.label}, ${row.nfe}`;

function linesOf({ ours, nfe, others }: Claim, all: readonly Finished[]): readonly Line[] {
  const ran = all.filter((each): each is Ran => each.outcome.ran);
  return ran
    .filter(({ row }) => ours.includes(row.sampler.graph) && nfe.includes(row.nfe))
    .flatMap((mine) =>
      others.flatMap((opponent) => {
        const theirs = ran.find(
          ({ row }) =>
            row.set === mine.row.set &&
            row.problem.name === mine.row.problem.name &&
            row.sampler.graph === opponent.graph &&
            row.nfe === (opponent.nfe ?? mine.row.nfe),
        );
        return theirs === undefined ? [] : [line(mine, theirs)];
      }),
    );
}

function line(mine: Ran, theirs: Ran): Line {
  const count = Math.min(mine.outcome.images, theirs.outcome.images);
  const differences = Array.from(
    { length: count },
    (_, i) => (mine.outcome.psnr[i] ?? Number.NaN) - (theirs.outcome.psnr[i] ?? Number.NaN),
  );
  const middle = mean(differences);
  const variance = mean(differences.map((d) => (d - middle) ** 2));
  const error = Math.sqrt(variance / Math.max(1, count - 1));
  const verdict = Math.abs(middle) <= 2 * error ? "level" : middle > 0 ? "better" : "worse";
  const cells = [
    mine.row.set,
    mine.row.problem.label,
    named(mine),
    named(theirs),
    `${middle > 0 ? "+" : ""}${middle.toFixed(2)} ± ${error.toFixed(2)} (${count})`,
    verdict === "level" ? "" : verdict,
  ];
  return { text: `| ${cells.join(" | ")} |`, verdict, mine, theirs };
}

function summary(lines: readonly Line[]): string {
  const count = (wanted: Verdict) => lines.filter(({ verdict }) => verdict === wanted).length;
  return `Better in ${count("better")}, worse in ${count("worse")}, level in ${count("level")} of ${lines.length} comparisons.`;
}

/** In words: beside which others, and on what, a claim does not show here. */
function notShown(lines: readonly Line[]): readonly string[] {
  const places = new Map<string, string[]>();
  for (const { verdict, mine, theirs } of lines) {
    if (verdict !== "worse") continue;
    const { set, problem, nfe } = mine.row;
    const place = `${theirs.row.sampler.label}: ${problem.label}, ${set}`;
    places.set(place, [...(places.get(place) ?? []), String(nfe)]);
  }
  if (places.size === 0) return [];
  const each = [...places].map(([place, budgets]) => `- ${place} (at ${budgets.join(", ")})`);
  return [
    `Where it does not show, for the other is better there:\n\n${each.toSorted().join("\n")}`,
  ];
}
