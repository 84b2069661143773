import type { Exact } from "./exact.ts";
import type { Heat } from "./heat.ts";
import type { Problem } from "./problems.ts";
import type { Outcome } from "./run-row.ts";

/** A row of a table: outcomes by number of network evaluations. */
export interface Line {
  readonly name: string;
  readonly outcomes: ReadonlyMap<number, Outcome>;
}

/** All that was found on one problem. */
export interface Found {
  readonly problem: Problem;
  readonly exact: Exact;
  /** Distances of what is no sampler: draws of the prior, and the posterior mean again and again. */
  readonly prior: number;
  readonly atMean: number;
  readonly samplers: readonly Line[];
  readonly variants: readonly Line[];
}

export interface Page {
  readonly machine: string;
  /** What a reader should take from the tables, in words. */
  readonly reading: string;
  readonly batch: number;
  readonly seeds: { readonly exact: number; readonly sampler: number };
  readonly found: readonly Found[];
  readonly heats: readonly Heat[];
  readonly notRun: Readonly<Record<string, string>>;
}

/** Three significant figures at most, so that a column stays readable. */
export const short = (value: number): string =>
  value >= 1000 ? value.toExponential(0) : value >= 10 ? value.toFixed(0) : value.toFixed(1);
const fixed = (value: number) => (value >= 100 ? short(value) : value.toFixed(2));

const table = (head: readonly string[], lines: readonly (readonly string[])[]) => [
  `| ${head.join(" | ")} |`,
  `|---|${"---:|".repeat(head.length - 1)}`,
  ...lines.map((cells) => `| ${cells.join(" | ")} |`),
  "",
];

/** A distance in units of the floor. */
const inFloors = (outcome: Outcome | undefined, { floor }: Exact): string =>
  outcome === undefined
    ? ""
    : outcome.ran
      ? short(outcome.score.distance / floor.mean)
      : outcome.diverged
        ? "∞"
        : "-";

export function truthMarkdown(page: Page): string {
  const { machine, reading, batch, seeds, found } = page;
  return [
    "# Truth: samplers beside exact posteriors",
    "",
    `${machine} Made by \`npm run truth -- --write\`; ${batch} samples each, measurement and exact sets from seed ${seeds.exact}, samplers from seed ${seeds.sampler}.`,
    "",
    reading.trim(),
    "",
    ...problemsPart(found),
    ...budgetPart(found),
    ...found.flatMap(problemPart),
    ...variantsPart(found),
    ...heatPart(page.heats),
    ...leftOutPart(page),
  ].join("\n");
}

function problemsPart(found: readonly Found[]): readonly string[] {
  return [
    "## Problems",
    "",
    "The floor is the mean sliced-Wasserstein distance between pairs of six exact sets, and the most between two of them in brackets: closer than about this nothing can be told apart. The last two columns are what prior samples that ignore the measurement reach, and the posterior mean repeated, in floors.",
    "",
    ...table(
      ["problem", "what", "noise", "exact weights", "floor", "prior", "mean"],
      found.map(({ problem, exact, prior, atMean }) => [
        problem.name,
        problem.about,
        String(problem.noiseStd),
        exact.weights.map((w) => w.toFixed(2)).join(" "),
        `${exact.floor.mean.toFixed(3)} (${exact.floor.most.toFixed(3)})`,
        short(prior / exact.floor.mean),
        short(atMean / exact.floor.mean),
      ]),
    ),
  ];
}

const budgetOf = ({ outcomes }: Line, most: number) =>
  Math.max(...[...outcomes.keys()].filter((nfe) => nfe <= most));

/** All samplers on all problems at one number of evaluations. */
function budgetPart(found: readonly Found[]): readonly string[] {
  const names = found[0]?.samplers.map(({ name }) => name) ?? [];
  return [
    "## All at 200 evaluations",
    "",
    "Sliced-Wasserstein distance to the posterior, in floors: 1 is as close as exact samples are. - : left out, see below; ∞ : ended in numbers that are not finite.",
    "",
    ...table(
      ["sampler", ...found.map(({ problem }) => problem.name)],
      names.map((name) => [
        name,
        ...found.map(({ samplers, exact }) => {
          const line = samplers.find((one) => one.name === name);
          return inFloors(line && line.outcomes.get(budgetOf(line, 200)), exact);
        }),
      ]),
    ),
  ];
}

function problemPart({ problem, exact, samplers }: Found): readonly string[] {
  const budgets = [...new Set(samplers.flatMap(({ outcomes }) => [...outcomes.keys()]))].toSorted(
    (a, b) => a - b,
  );
  const ran = samplers.filter(({ outcomes }) =>
    [...outcomes.values()].some((outcome) => outcome.ran || outcome.diverged),
  );
  return [
    `## ${problem.name}`,
    "",
    `First the distance in floors by network evaluations asked for, then of the run with the most of them: evaluations and gradients through the denoiser that were counted, distance of the means in posterior spreads, spread over the posterior's, error of the covariance, and error of the modes' shares.`,
    "",
    ...table(
      [
        "sampler",
        ...budgets.map((budget) => String(budget)),
        "NFE + VJP",
        "mean",
        "spread",
        "covariance",
        "modes",
      ],
      ran.map((line) => [
        line.name,
        ...budgets.map((nfe) => inFloors(line.outcomes.get(nfe), exact)),
        ...details(line.outcomes.get(budgetOf(line, Infinity))),
      ]),
    ),
  ];
}

function details(outcome: Outcome | undefined): readonly string[] {
  if (outcome?.ran !== true) return ["", "", "", "", ""];
  const { nfe, vjpCalls, score } = outcome;
  return [
    vjpCalls === 0 ? String(nfe) : `${nfe} + ${vjpCalls}`,
    fixed(score.meanError),
    fixed(score.spread),
    fixed(score.covarianceError),
    fixed(score.modeError),
  ];
}

function variantsPart(found: readonly Found[]): readonly string[] {
  const names = found[0]?.variants.map(({ name }) => name) ?? [];
  const part = (of: (outcome: Outcome, exact: Exact) => string) =>
    table(
      ["variant", ...found.map(({ problem }) => problem.name)],
      names.map((name) => [
        name,
        ...found.map(({ variants, exact }) => {
          const [outcome] = variants.find((one) => one.name === name)?.outcomes.values() ?? [];
          return outcome === undefined ? "" : of(outcome, exact);
        }),
      ]),
    );
  const number = (of: (outcome: Outcome & { ran: true }) => number) => (outcome: Outcome) =>
    outcome.ran ? fixed(of(outcome)) : "∞";
  return [
    "## DPS-MO and its variants, 50 evaluations",
    "",
    "Distance in floors:",
    "",
    ...part(inFloors),
    "Expected squared error against the truth, in units of the posterior's variance: 1 is the posterior mean, which is the least there is, and 2 an exact sample.",
    "",
    ...part(number(({ score }) => 1 + score.meanError ** 2 + score.spread ** 2)),
    "Spread over the posterior's:",
    "",
    ...part(number(({ score }) => score.spread)),
    "Error of the modes' shares:",
    "",
    ...part(number(({ score }) => score.modeError)),
  ];
}

function heatPart(heats: readonly Heat[]): readonly string[] {
  return [
    "## Temperature of the inner loop",
    "",
    "The block SGLD alone on A = I, run until it is stationary: standard deviation about y over that of the likelihood, which is the noise. As printed the noise of a step is √(2 eta).",
    "",
    ...table(
      ["noise", "as printed", "expected 1/(√2 noise)", "noise of the true likelihood"],
      heats.map(({ noiseStd, literal, tempered }) => [
        String(noiseStd),
        literal.toFixed(2),
        (1 / (Math.SQRT2 * noiseStd)).toFixed(2),
        tempered.toFixed(3),
      ]),
    ),
  ];
}

function leftOutPart({ found, notRun }: Page): readonly string[] {
  const refused = new Map<string, string[]>();
  for (const { problem, samplers } of found)
    for (const { name, outcomes } of samplers) {
      const [first] = outcomes.values();
      if (first === undefined || first.ran || first.diverged) continue;
      const key = `${name}: ${first.why}`;
      refused.set(key, [...(refused.get(key) ?? []), problem.name]);
    }
  return [
    "## Left out",
    "",
    ...[...refused].map(([why, names]) => `- ${why} (${names.join("; ")})`),
    ...Object.entries(notRun).map(([graph, why]) => `- ${graph}: ${why}`),
    "",
  ];
}
