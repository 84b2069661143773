import type { Issue } from "../../../runtime/base/issue.ts";
import type { ModelSignature } from "../../../runtime/onnx/signature.ts";
import type { TensorData } from "../../../runtime/tensor/tensor.ts";
import { completeParametrisation, type PartialParametrisation } from "../parametrisation.ts";
import { createAsk, type Ask, type Evaluate } from "./ask.ts";
import { describeAsked } from "./candidates.ts";
import { conventionFindings, gainOf, rankConventions, type Fit } from "./conventions.ts";
import { findingsOf, type Finding } from "./findings.ts";
import { measureLevels, type LevelResult } from "./measure.ts";
import { needsOf } from "./needs.ts";
import { mostPictures, referencesFor, type Reference } from "./references.ts";
import { readSubject, type SubjectFile } from "./subject.ts";

export interface PriorCheckRequest extends SubjectFile {
  readonly evaluate: Evaluate;
  /** Clean pictures [N, C, …] in [-1,1] of any shapes, best ones that the network was not trained on. */
  readonly references?: readonly TensorData[];
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
  const { name, bytes, evaluate, references = [] } = request;
  const { signature, known, ports, issues } = readSubject(request);
  if (ports === null) return unanswered(name, signature, issues);
  const ask = createAsk(evaluate, bytes, ports);
  const { clean, synthetic } = referencesFor(references, ports, known);
  const pictures = clean.slice(0, mostPictures);
  const fits = await rankConventions(ask, { ports, known }, pictures);
  const tested = await selfTest(ask, known, fits, pictures);
  return {
    name,
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
  const levels = await measureLevels(ask, asked, pictures);
  return {
    needs: needsOf(known, fits[0]),
    asked: describeAsked(asked),
    levels,
    findings: [...conventionFindings(own, asked, fits), ...findingsOf(levels)],
  };
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
