import { IssueError, issueError } from "../../../runtime/base/issue.ts";
import type { ModelAsset } from "../../../runtime/graph/define-node.ts";
import { faultsOf } from "../../../runtime/graph/zod-sentences.ts";
import type { TensorData } from "../../../runtime/tensor/tensor.ts";
import { readCard } from "../card.ts";
import { inferred } from "../inferred.ts";
import {
  completeParametrisation,
  missingEssentials,
  partialParametrisation,
  type PartialParametrisation,
} from "../parametrisation.ts";
import { createAsk, type Answer, type Ask, type Evaluate, type Tick } from "./ask.ts";
import { describeAsked } from "./candidates.ts";
import { conventionFindings, gainOf, rankConventions, type Fit } from "./conventions.ts";
import { drawingOf } from "./drawing.ts";
import { fileFaults, shapeFacts } from "./facts.ts";
import { findingsOf } from "./findings.ts";
import { measureLevels, noisyState, type LevelResult } from "./measure.ts";
import { mostPictures, referencesFor, type Reference } from "./references.ts";
import { readSubject, type Subject } from "./subject.ts";
import { usualConvention } from "./usual.ts";

/** A question about a network, as it comes over a wire. */
interface Job {
  readonly ask: "read" | "test" | "rank";
  readonly model: ModelAsset;
  readonly given: Readonly<Record<string, unknown>>;
  readonly references: readonly TensorData[];
}

interface Tools {
  readonly evaluate: Evaluate;
  readonly tick: Tick;
}

/** Answers one question about a network: the parts of `priorCheck`, with drawings for people who look. */
export async function checkPrior(job: Job, tools: Tools) {
  const { name, bytes, card } = job.model;
  const subject = readSubject({ name, bytes, card, given: readGiven(job.given) });
  if (job.ask === "read") return readAnswer(job.model, subject);
  const bench = benchOf(job, subject, tools);
  return job.ask === "test" ? testAnswer(bench, tools.tick) : rankAnswer(bench, tools.tick);
}

/** @throws IssueError `param.invalid`, with every field that is. */
function readGiven(given: Job["given"]): PartialParametrisation {
  const read = partialParametrisation.safeParse(given);
  if (read.success) return read.data;
  throw new IssueError(
    faultsOf(read.error.issues, given).map(({ path, message }) => ({
      code: "param.invalid",
      message,
      at: { path: [...path] },
    })),
  );
}

function readAnswer(model: ModelAsset, { signature, known, ports, issues }: Subject) {
  const shapes = ports === null ? {} : shapeFacts(model, ports, known);
  return {
    ask: "read" as const,
    sha256: model.sha256,
    signature,
    card: readCard(model.name, model.card),
    names: { ...inferred(signature), ...rolesOf(ports) },
    shapes,
    usual: ports === null ? {} : usualConvention(ports),
    issues: [...issues],
    faults: [...fileFaults(model, ports, { ...shapes, ...known })],
  };
}

/** Which tensor is what, as the node will have it: a card says so in full. */
function rolesOf(ports: Subject["ports"]): PartialParametrisation {
  if (ports === null) return {};
  const { input, time, output } = ports;
  return {
    input: input.name,
    output,
    ...(time === null ? {} : { timeInput: time.name }),
  };
}

/** A network with the signals that it is tested on. */
interface Bench {
  readonly subject: Subject;
  readonly ports: NonNullable<Subject["ports"]>;
  readonly ask: Ask;
  readonly pictures: readonly Reference[];
  readonly first: Reference;
  readonly synthetic: boolean;
}

/** @throws IssueError `prior.network` where it cannot be told which of its tensors is what. */
function benchOf({ model, references }: Job, subject: Subject, { evaluate }: Tools): Bench {
  const { ports, known, issues } = subject;
  if (ports === null) throw new IssueError(issues);
  const facts =
    known.channels === undefined ? { ...shapeFacts(model, ports, known), ...known } : known;
  const { clean, synthetic } = referencesFor(references, ports, facts);
  const pictures = clean.slice(0, mostPictures);
  const [first] = pictures;
  if (first === undefined) throw new Error("internal: there is nothing to test on");
  return {
    subject,
    ports,
    ask: createAsk(evaluate, model.bytes, ports),
    pictures,
    first,
    synthetic,
  };
}

const testedOf = ({ first, pictures, synthetic }: Bench) => ({
  synthetic,
  pictures: pictures.length,
  clean: drawingOf(first.values, first.shape),
});

/** Levels whose answers are drawn, as near as there are. */
const drawnSigmas = [0.1, 0.5, 1, 3] as const;

async function testAnswer(bench: Bench, tick: Tick) {
  const { subject, ask, pictures, first } = bench;
  const asked = completeParametrisation(subject.known);
  if (asked === null) throw incomplete(subject.known);
  const levels = await measureLevels(ask, asked, pictures, tick);
  const samples = [];
  for (const sigma of nearest(levels, drawnSigmas)) {
    const state = noisyState(first, 0, sigma);
    const { x0 } = await ask(asked, state);
    samples.push({
      sigma,
      noisy: drawingOf(state.x, first.shape),
      answer: drawingOf(x0, first.shape),
    });
  }
  return {
    ask: "test" as const,
    asked: describeAsked(asked),
    ...testedOf(bench),
    levels,
    findings: findingsOf(levels),
    samples,
  };
}

function nearest(levels: readonly LevelResult[], sigmas: readonly number[]): readonly number[] {
  const distance = (a: number, b: number) => Math.abs(Math.log(a / b));
  const found = sigmas.map((wanted) =>
    levels.reduce((a, b) => (distance(b.sigma, wanted) < distance(a.sigma, wanted) ? b : a)),
  );
  return [...new Set(found.map(({ sigma }) => sigma))];
}

const incomplete = (known: PartialParametrisation): IssueError => {
  const [missing = "predicts"] = missingEssentials(known);
  return issueError("prior.parametrisation", `Nothing says "${missing}" of the network.`, {
    path: [missing],
  });
};

/** The level at which conventions are drawn side by side; one of those at which they are told apart. */
const drawnSigma = 0.5;

async function rankAnswer(bench: Bench, tick: Tick) {
  const { subject, ports, ask, pictures, first } = bench;
  const { known } = subject;
  const asked = completeParametrisation(known);
  const ranked = await rankConventions(ask, { ports, known }, pictures, tick);
  const own = asked === null ? null : await gainOf(ask, asked, pictures);
  const state = noisyState(first, 0, drawnSigma);
  const fits = [];
  for (const fit of withOwn(ranked, known, own)) {
    const drawn = await drawnBy(ask, fit, state);
    fits.push({ ...fit, answer: drawn === null ? null : drawingOf(drawn.x0, first.shape) });
  }
  return {
    ask: "rank" as const,
    asked: asked === null ? null : describeAsked(asked),
    ...testedOf(bench),
    findings: asked === null ? [] : conventionFindings(own, asked, ranked),
    sigma: drawnSigma,
    noisy: drawingOf(state.x, first.shape),
    fits,
  };
}

/** The convention that was said stands in the list too, where it is none of the usual ones. */
function withOwn(
  fits: readonly Fit[],
  known: PartialParametrisation,
  own: number | null,
): readonly Fit[] {
  const asked = completeParametrisation(known);
  if (asked === null || own === null) return fits;
  const text = describeAsked(asked);
  if (fits.some((fit) => fit.text === text)) return fits;
  return [...fits, { text, partial: known, gainDb: own }].toSorted((a, b) => b.gainDb - a.gainDb);
}

async function drawnBy(
  ask: Ask,
  { partial, failure }: Fit,
  state: Parameters<Ask>[1],
): Promise<Answer | null> {
  const asked = completeParametrisation(partial);
  return asked === null || failure !== undefined ? null : ask(asked, state);
}
