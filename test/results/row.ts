import { createNodeBackend } from "../../runtime/execute/ort-node.ts";
import { peakMemory } from "../../runtime/execute/peak-memory-node.ts";
import { IssueError } from "../../runtime/base/issue.ts";
import type { TensorData } from "../../runtime/tensor/tensor.ts";
import { loadPrior } from "../bench/subject.ts";
import { firstOf, pictureSets } from "./pictures.ts";
import { settingOf, type Change, type Row } from "./plan.ts";
import { laboratory, observe, tryOut, type Scores, type Trial } from "./trial.ts";

/** What a row of the tables says. Means over pictures; `null` numbers where nothing ran. */
export type Outcome =
  | {
      readonly ran: true;
      readonly images: number;
      readonly psnr: readonly number[];
      readonly ssim: readonly number[];
      readonly residual: readonly number[];
      readonly baseline: { readonly psnr: number; readonly ssim: number } | null;
      readonly nfe: number;
      readonly vjpCalls: number;
      /** Of one picture, run in a batch. */
      readonly seconds: number;
      readonly peakMB: number;
      /** The trial that was best on the tuning pictures, and every trial's mean PSNR there. */
      readonly chosen: Change;
      readonly trials: readonly { readonly change: Change; readonly psnr: number | null }[];
      /** The first results for the grids: bytes in base64, and the shape of one, [C, H, W]. */
      readonly pictures: { readonly shape: readonly number[]; readonly bytes: readonly string[] };
    }
  | { readonly ran: false; readonly why: string };

const nothing: Change = { slots: {}, schedule: {} };
const shownPictures = 4;
const testSeed = 0;
const tuningSeed = 100;

export interface Manner {
  readonly models: string;
  /** A smoke run: two pictures and two trials. */
  readonly quick: boolean;
  /** Mean PSNR of each trial in an earlier search; null: search now. */
  readonly kept: readonly (number | null)[] | null;
}

/** Searches on the tuning pictures, then scores the test pictures once. */
export async function runRow(row: Row, manner: Manner): Promise<Outcome> {
  const set = pictureSets[row.set];
  if (set === undefined) throw new Error(`there are no pictures ${row.set}`);
  const pictures = await set.make();
  const { backend } = await createNodeBackend("cpu", { threads: 1 });
  const place = laboratory(backend, loadPrior(manner.models, pictures.prior));
  try {
    const tuning = firstOf(pictures.tuning, mostTuning(row, manner));
    const search = await searched(place, row, tuning, manner);
    return await tested(place, row, firstOf(pictures.test, mostPictures(row, manner)), search);
  } catch (error) {
    if (error instanceof IssueError) return { ran: false, why: error.message };
    throw error;
  } finally {
    await place.close();
  }
}

type Place = ReturnType<typeof laboratory>;
type Search = Pick<Extract<Outcome, { ran: true }>, "chosen" | "trials">;

function mostPictures({ problem, sampler, nfe }: Row, { quick }: Manner): number {
  const limits = [quick ? 2 : undefined, problem.images, sampler.images[String(nfe)]];
  return Math.min(...limits.map((limit) => limit ?? Number.POSITIVE_INFINITY));
}

const mostTuning = ({ sampler, nfe }: Row, { quick }: Manner): number =>
  quick ? 2 : (sampler.tuning[String(nfe)] ?? 8);

/** Every trial on the tuning pictures, and the best; nothing is run where there is no choice. */
async function searched(
  place: Place,
  row: Row,
  image: TensorData,
  { quick, kept }: Manner,
): Promise<Search> {
  const { search, graph } = row.sampler;
  const [only = nothing] = search;
  if (search.length <= 1) return { chosen: only, trials: [] };
  if (kept !== null) return best(search.map((change, i) => ({ change, psnr: kept[i] ?? null })));
  const tuning = await observe(place, { ...row, image, seed: tuningSeed });
  const trials: { change: Change; psnr: number | null }[] = [];
  for (const change of quick ? search.slice(0, 2) : search) {
    const how = { graph, setting: settingOf(row, change), seed: tuningSeed };
    trials.push({ change, psnr: await scored(() => tryOut(place, tuning, how)) });
  }
  return best(trials);
}

function best(trials: Search["trials"]): Search {
  const [first] = trials.toSorted((a, b) => (b.psnr ?? -1e9) - (a.psnr ?? -1e9));
  return { chosen: first?.change ?? nothing, trials };
}

async function tested(place: Place, row: Row, image: TensorData, search: Search): Promise<Outcome> {
  const observation = await observe(place, { ...row, image, seed: testSeed });
  const setting = settingOf(row, search.chosen);
  const runs: Trial[] = [];
  for (let i = 0; i < row.problem.bestOf; i += 1) {
    const how = { graph: row.sampler.graph, setting, seed: testSeed + i };
    runs.push(await tryOut(place, observation, how));
  }
  return outcome(runs, observation.baseline, search);
}

/** Mean PSNR; null where the trial diverged. */
async function scored(attempt: () => Promise<Trial>): Promise<number | null> {
  try {
    return mean((await attempt()).psnr);
  } catch (error) {
    // A missing column is the whole row's matter; a diverging step only this trial's.
    if (error instanceof IssueError && error.issues.every(({ code }) => code.startsWith("run.")))
      return null;
    throw error;
  }
}

function outcome(runs: readonly Trial[], baseline: Scores | null, search: Search): Outcome {
  const [first] = runs;
  if (first === undefined) throw new Error("nothing ran");
  const bestRun = first.psnr.map((_, image) =>
    runs.reduce((a, b) => ((b.psnr[image] ?? 0) > (a.psnr[image] ?? 0) ? b : a)),
  );
  const of = (key: "psnr" | "ssim" | "residual") =>
    bestRun.map((trial, image) => trial[key][image] ?? Number.NaN);
  const size = first.x0.data.length / first.psnr.length;
  return {
    ran: true,
    images: first.psnr.length,
    psnr: of("psnr"),
    ssim: of("ssim"),
    residual: of("residual"),
    baseline: baseline && { psnr: mean(baseline.psnr), ssim: mean(baseline.ssim) },
    nfe: first.nfe * runs.length,
    vjpCalls: first.vjpCalls * runs.length,
    seconds: runs.reduce((sum, { ms }) => sum + ms, 0) / 1000 / first.psnr.length,
    peakMB: peakMemory() / 2 ** 20,
    ...search,
    pictures: {
      shape: first.x0.shape.slice(1),
      bytes: bestRun
        .slice(0, shownPictures)
        .map(({ x0 }, image) =>
          encoded((x0.data as Float32Array).subarray(image * size, (image + 1) * size)),
        ),
    },
  };
}

const encoded = (values: Float32Array): string =>
  Buffer.from(
    Uint8Array.from(values, (v) => Math.round(127.5 * (1 + Math.min(1, Math.max(-1, v))))),
  ).toString("base64");

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
