import type { Cache } from "./cache.ts";
import { exactOf, exactSets, type Exact } from "./exact.ts";
import { variants, type Variant } from "./mo-variants.ts";
import type { Problem } from "./problems.ts";
import { short, type Found, type Line } from "./report.ts";
import type { Runner } from "./run-graph.ts";
import { runCell, type Outcome } from "./run-row.ts";
import { rows } from "./samplers.ts";
import { shadowsOf, slicedWasserstein } from "./sliced-wasserstein.ts";

/** What is run on a problem, and with what. */
export interface Effort {
  readonly runner: Runner;
  readonly cache: Cache;
  readonly batch: number;
  readonly seeds: { readonly exact: number; readonly sampler: number };
  /** Most network evaluations. */
  readonly most: number;
  /** Whether nothing is printed. */
  readonly quiet: boolean;
  /** Whether a row is wanted, by its name. */
  wanted(name: string): boolean;
}

/** Signals of at least `large` values are run with at most `mostOfLarge` evaluations. */
const large = 64;
const mostOfLarge = 200;

/** Scores every sampler on a problem, and prints each score as it comes. */
export async function solve(problem: Problem, effort: Effort): Promise<Found> {
  const { runner, batch, seeds } = effort;
  const exact = await exactOf(problem, runner, { batch, seed: seeds.exact });
  const { sets } = await exactOf(problem, runner, { batch, seed: seeds.exact, known: false });
  const [prior] = sets;
  const size = exact.mean.length;
  const values = Float64Array.from({ length: batch * size }, (_, i) => exact.mean[i % size] ?? 0);
  const weights = exact.weights.map((w) => w.toFixed(2)).join(" ");
  if (!effort.quiet)
    console.log(`${problem.name}: weights ${weights}, floor ${exact.floor.mean.toFixed(4)}`);
  return {
    problem,
    exact,
    prior: prior === undefined ? Number.NaN : distanceTo(exact, shadowsOf(prior)),
    atMean: distanceTo(exact, shadowsOf({ count: batch, size, values })),
    samplers: await linesOf(rows, { problem, exact, effort }),
    variants: await linesOf(variants, { problem, exact, effort }),
  };
}

const distanceTo = ({ shadows }: Exact, of: ReturnType<typeof shadowsOf>) =>
  shadows.reduce((sum, other) => sum + slicedWasserstein(of, other), 0) / exactSets;

interface On {
  readonly problem: Problem;
  readonly exact: Exact;
  readonly effort: Effort;
}

async function linesOf(all: readonly Variant[], on: On): Promise<readonly Line[]> {
  const { exact, effort } = on;
  const most = Math.min(effort.most, exact.mean.length >= large ? mostOfLarge : Infinity);
  const lines: Line[] = [];
  for (const row of all.filter(({ name }) => effort.wanted(name))) {
    const outcomes = new Map<number, Outcome>();
    for (const nfe of row.budgets.filter((budget) => budget <= most)) {
      const outcome = await outcomeOf(row, nfe, on);
      outcomes.set(nfe, outcome);
      if (!effort.quiet)
        console.log(`${on.problem.name}: ${row.name} ${nfe}: ${said(outcome, exact)}`);
    }
    lines.push({ name: row.name, outcomes });
  }
  return lines;
}

async function outcomeOf(row: Variant, nfe: number, on: On): Promise<Outcome> {
  const { cache, runner, batch, seeds } = on.effort;
  const cell = { row, problem: on.problem, nfe, batch, seed: seeds.sampler };
  const known = cache.find(cell);
  if (known !== undefined) return known;
  const outcome = await runCell(cell, on.exact, runner);
  cache.keep(cell, outcome);
  return outcome;
}

function said(outcome: Outcome, { floor }: Exact): string {
  if (!outcome.ran) return outcome.why;
  const { score, nfe, seconds } = outcome;
  const { distance, meanError, spread, modeError } = score;
  return `${short(distance / floor.mean)} floors, mean ${meanError.toFixed(2)}, spread ${spread.toFixed(2)}, modes ${modeError.toFixed(2)}, ${nfe} NFE, ${seconds.toFixed(1)} s`;
}
