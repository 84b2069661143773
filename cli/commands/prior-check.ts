import { readCard } from "../../nodes/prior/card.ts";
import { inferred } from "../../nodes/prior/inferred.ts";
import { networkPorts, type NetworkPorts } from "../../nodes/prior/network.ts";
import {
  completeParametrisation,
  defined,
  missingEssentials,
  type Essential,
  type Parametrisation,
  type PartialParametrisation,
} from "../../nodes/prior/parametrisation.ts";
import { IssueError, type Issue } from "../../runtime/base/issue.ts";
import { readModel } from "../../runtime/onnx/model.ts";
import { modelSignature, type ModelSignature } from "../../runtime/onnx/signature.ts";
import type { TensorData } from "../../runtime/tensor/tensor.ts";
import { createAsk, type Ask, type Evaluate } from "./prior-check/ask.ts";
import { candidatesFor, describeAsked } from "./prior-check/candidates.ts";
import { findingsOf, type Finding } from "./prior-check/findings.ts";
import {
  fitOf,
  leastGain,
  levelsFor,
  measureLevel,
  type LevelResult,
} from "./prior-check/measure.ts";
import { referencesFor, type Reference } from "./prior-check/references.ts";

export interface PriorCheckRequest {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** The model's card, unread. */
  readonly card?: unknown;
  /** What the user said; it wins over the card. */
  readonly given?: PartialParametrisation;
  readonly evaluate: Evaluate;
  /** Clean pictures [N, C, …] in [-1,1] of any shapes, best ones that the network was not trained on. */
  readonly references?: readonly TensorData[];
  /** Told about what is being done, for a progress line. */
  readonly progress?: (doing: string) => void;
}

/** A convention that was tried. */
export interface Fit {
  readonly text: string;
  readonly partial: PartialParametrisation;
  /** dB that the answers are nearer to the clean signal than the noisy one. */
  readonly gainDb: number;
  /** Why the network could not be run in this convention. */
  readonly failure?: string;
}

export interface PriorCheckReport {
  readonly name: string;
  /** Nothing is needed, and nothing failed. */
  readonly passed: boolean;
  readonly signature: ModelSignature;
  /** Questions that must be answered first: `needs: predicts (…)`. */
  readonly needs: readonly string[];
  /** The convention that the levels were measured in, in words; null where none could be tried. */
  readonly asked: string | null;
  /** Whether the pictures were made up because none of those given fits. */
  readonly synthetic: boolean;
  readonly pictures: number;
  readonly levels: readonly LevelResult[];
  /** Best first. */
  readonly fits: readonly Fit[];
  readonly findings: readonly Finding[];
  /** The `denoodle` section for the card that fits best. */
  readonly suggestion: PartialParametrisation | null;
}

/**
 * Tests whether a network is the denoiser that it is said to be: known noise is put on clean
 * pictures and taken off again at six or more levels, and all the other conventions are tried too.
 *
 * @throws IssueError `model.unreadable`, `model.card`; and whatever `evaluate` throws for the
 * convention that was asked for.
 */
export async function priorCheck(request: PriorCheckRequest): Promise<PriorCheckReport> {
  const signature = modelSignature(readModel(request.bytes));
  const said = { ...readCard(request.name, request.card), ...defined(request.given ?? {}) };
  const known = { ...inferred(signature), ...said };
  const found = portsOrNeeds(signature, known);
  if ("needs" in found) return unanswered(request.name, signature, found.needs);
  const ask = createAsk(request.evaluate, request.bytes, found.ports);
  const { clean, synthetic } = referencesFor(request.references ?? [], found.ports, known);
  const pictures = clean.slice(0, mostPictures);
  request.progress?.("trying the known conventions");
  const fits = await tryAll(ask, found.ports, known, pictures);
  request.progress?.("taking known noise off at several levels");
  const tested = await selfTest(ask, known, fits, pictures);
  return {
    name: request.name,
    signature,
    synthetic,
    pictures: pictures.length,
    fits,
    ...tested,
    passed: tested.needs.length === 0 && tested.findings.every(({ verdict }) => verdict !== "fail"),
    suggestion: fits[0]?.partial ?? null,
  };
}

type Tested = Pick<PriorCheckReport, "needs" | "asked" | "levels" | "findings">;

/** The levels in the convention that was said, or where something was left open in the one that fits best. */
async function selfTest(
  ask: Ask,
  known: PartialParametrisation,
  fits: readonly Fit[],
  pictures: readonly Reference[],
): Promise<Tested> {
  const said = completeParametrisation(known);
  const asked = said ?? completeParametrisation(fits[0]?.partial ?? {});
  if (asked === null) throw new Error("internal: no convention could be tried");
  const own = said === null ? null : await gainOf(ask, said, pictures);
  const levels = await measureAll(ask, asked, pictures);
  return {
    needs: missingEssentials(known).map((name) => needText(name, fits[0])),
    asked: describeAsked(asked),
    levels,
    findings: [...conventionFindings(own, asked, fits), ...findingsOf(levels)],
  };
}

const mostPictures = 4;

type Found = { readonly ports: NetworkPorts } | { readonly needs: readonly Issue[] };

function portsOrNeeds(signature: ModelSignature, known: PartialParametrisation): Found {
  try {
    return { ports: networkPorts(signature, known) };
  } catch (error) {
    if (error instanceof IssueError) return { needs: error.issues };
    throw error;
  }
}

function unanswered(
  name: string,
  signature: ModelSignature,
  issues: readonly Issue[],
): PriorCheckReport {
  const needs = issues.map(
    ({ message, fix }) => `needs: ${message}${fix === undefined ? "" : ` ${fix}`}`,
  );
  return {
    name,
    passed: false,
    signature,
    needs,
    asked: null,
    synthetic: false,
    pictures: 0,
    levels: [],
    fits: [],
    findings: [],
    suggestion: null,
  };
}

/** Noise levels at which conventions are told apart. */
const fitSigmas = [0.1, 0.5, 2] as const;

async function gainOf(
  ask: Ask,
  asked: Parametrisation,
  pictures: readonly Reference[],
): Promise<number> {
  return fitOf(ask, asked, pictures.slice(0, 1), fitSigmas);
}

async function tryAll(
  ask: Ask,
  ports: NetworkPorts,
  known: PartialParametrisation,
  pictures: readonly Reference[],
): Promise<readonly Fit[]> {
  const fits: Fit[] = [];
  for (const { asked, partial, text } of candidatesFor(ports.time?.dtype ?? null, known)) {
    const tried = await gainOrFailure(ask, asked, pictures);
    fits.push({ text, partial, ...tried });
  }
  // Equal fits stay in the order of the list, the usual ones first.
  const rounded = (gain: number) => Math.round(gain / sameDb);
  return fits.toSorted((a, b) => rounded(b.gainDb) - rounded(a.gainDb));
}

/** A convention may ask for what the network cannot take, such as an index beyond its table. */
async function gainOrFailure(
  ask: Ask,
  asked: Parametrisation,
  pictures: readonly Reference[],
): Promise<Pick<Fit, "gainDb" | "failure">> {
  try {
    return { gainDb: await gainOf(ask, asked, pictures) };
  } catch (error) {
    return { gainDb: leastGain, failure: error instanceof Error ? error.message : String(error) };
  }
}

async function measureAll(ask: Ask, asked: Parametrisation, pictures: readonly Reference[]) {
  const levels: LevelResult[] = [];
  for (const sigma of levelsFor(asked))
    levels.push(await measureLevel(ask, asked, pictures, sigma));
  return levels;
}

/** Conventions nearer than this cannot be told apart; one further off than `otherDb` is another. */
const sameDb = 0.1;
const otherDb = 0.5;

function conventionFindings(
  own: number | null,
  asked: Parametrisation,
  fits: readonly Fit[],
): readonly Finding[] {
  const [best] = fits;
  if (best === undefined) return [];
  if (best.gainDb <= 0)
    return [
      {
        verdict: "fail",
        message: "In no convention that was tried do the answers come nearer to the clean signal.",
      },
    ];
  const alike = fits.filter(
    ({ gainDb, text }) => best.gainDb - gainDb <= sameDb && text !== best.text,
  );
  const also =
    alike.length === 0
      ? ""
      : ` Hardly different: ${alike
          .slice(0, 3)
          .map(({ text }) => text)
          .join("; ")}.`;
  if (own === null)
    return [
      {
        verdict: "warn",
        message: `This network looks like: ${best.text} (${decibel(best.gainDb)}).${also}`,
      },
    ];
  if (best.gainDb - own > otherDb)
    return [
      {
        verdict: "fail",
        message: `This network looks like: ${best.text}; not ${describeAsked(asked)} (${decibel(best.gainDb)} against ${decibel(own)}).${also}`,
      },
    ];
  return [
    {
      verdict: "pass",
      message: `No other convention fits better than: ${describeAsked(asked)} (${decibel(own)}).`,
    },
  ];
}

const decibel = (gain: number) => `a gain of ${gain.toFixed(1)} dB`;

const questions: Readonly<Record<Essential, string>> = {
  predicts: "what does it predict: x0, eps, v, score, velocity or edm (a raw EDM network)?",
  process: "which process was it trained on: ve, vp-discrete, vp-continuous or flow?",
  conditioning: "what is it told about the noise: sigma, log-sigma, c-noise, index, time or none?",
};

function needText(name: Essential, best: Fit | undefined): string {
  const guess = best?.partial[name];
  const hint =
    guess === undefined || best === undefined || best.gainDb <= 0 ? "" : ` ${guess} fits best.`;
  return `needs: ${name}: ${questions[name]}${hint}`;
}
