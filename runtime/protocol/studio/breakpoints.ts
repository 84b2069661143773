import type { Issue } from "../../base/issue.ts";
import { evaluateNumber, namesIn, type Expression } from "../../graph/expression.ts";
import { parseExpression } from "../../graph/expression-parse.ts";
import type { RunEvent } from "../../execute/events.ts";
import type { FrameSummary } from "./messages.ts";
import type { Breakpoint } from "./requests.ts";

/** A breakpoint whose condition holds. */
export interface Hit {
  readonly id: string;
  readonly wire: string | null;
  readonly iteration: readonly number[];
  /** What the condition read. */
  readonly values: Readonly<Record<string, number>>;
}

type Step = Pick<
  Extract<RunEvent, { type: "step" }>,
  "zone" | "iteration" | "sigma" | "nfe" | "ms"
>;

export interface Breakpoints {
  /** Wires that must be tapped. */
  readonly wires: readonly string[];
  /** Conditions that cannot be read; they hold nothing. */
  readonly issues: readonly Issue[];
  readonly atFrame: (
    wire: string,
    iteration: readonly number[],
    summary: FrameSummary,
  ) => Hit | null;
  readonly atStep: (step: Step) => Hit | null;
}

const placeNames = ["step", "iteration", "outer"];
const stepNames = [...placeNames, "sigma", "nfe", "ms"];
const summaryNames = ["lowest", "highest", "mean", "std", "norm", "isNaN"];

interface Parsed {
  readonly breakpoint: Breakpoint;
  readonly condition: Expression;
}

export function readBreakpoints(given: readonly Breakpoint[]): Breakpoints {
  const read = given.map((breakpoint) => parse(breakpoint));
  const good = read.flatMap((each) => ("code" in each ? [] : [each]));
  const find = (
    isHere: (each: Breakpoint) => boolean,
    iteration: readonly number[],
    known: ReadonlyMap<string, number>,
  ): Hit | null => {
    const valueOf = (name: string): number => known.get(name) ?? Number.NaN;
    const hit = good.find(
      ({ breakpoint, condition }) => isHere(breakpoint) && evaluateNumber(condition, valueOf) !== 0,
    );
    if (hit === undefined) return null;
    const { id, wire } = hit.breakpoint;
    const values = namesIn(hit.condition).map((name) => [name, valueOf(name)] as const);
    return { id, wire, iteration, values: Object.fromEntries(values) };
  };
  return {
    wires: good.flatMap(({ breakpoint: { wire } }) => (wire === null ? [] : [wire])),
    issues: read.flatMap((each) => ("code" in each ? [each] : [])),
    atFrame: (wire, iteration, summary) =>
      find(
        (each) => each.wire === wire,
        iteration,
        new Map([...placeOf(iteration), ...numbersOf(summary)]),
      ),
    atStep: ({ zone, iteration, sigma = Number.NaN, nfe, ms }) =>
      find(
        ({ wire, zone: its }) => wire === null && (its ?? zone) === zone,
        [iteration],
        new Map([...placeOf([iteration]), ["sigma", sigma], ["nfe", nfe], ["ms", ms]]),
      ),
  };
}

/** Why a breakpoint's condition cannot be read; null where it can. */
export function conditionIssue(breakpoint: Breakpoint): Issue | null {
  const read = parse(breakpoint);
  return "code" in read ? read : null;
}

const placeOf = (iteration: readonly number[]): readonly (readonly [string, number])[] => [
  ["step", (iteration.at(-1) ?? 0) + 1],
  ["iteration", iteration.at(-1) ?? 0],
  ["outer", iteration[0] ?? 0],
];

const numbersOf = ({ min, max, mean, std, norm, notFinite }: FrameSummary) =>
  Object.entries({ lowest: min, highest: max, mean, std, norm, isNaN: Number(notFinite > 0) });

function parse(breakpoint: Breakpoint): Parsed | Issue {
  const { id, condition: text, wire } = breakpoint;
  const at = { path: ["breakpoints", id] };
  const condition = parseExpression(wire === null ? text : withoutCalls(text, wire));
  if ("code" in condition) return { ...condition, at };
  const known = wire === null ? stepNames : [...summaryNames, ...placeNames];
  const unknown = namesIn(condition).find((name) => !known.includes(name));
  if (unknown === undefined) return { breakpoint, condition };
  return {
    code: "breakpoint.name",
    message: `The condition ${JSON.stringify(text)} reads ${unknown}, which a breakpoint does not know here.`,
    at,
    expected: known.join(", "),
    fix: `It can read ${known.join(", ")}.`,
  };
}

/** `norm(x)` says the same as `norm` of a wire out of the port x; columns stay as they are. */
function withoutCalls(text: string, wire: string): string {
  const port = wire.slice(wire.lastIndexOf(".") + 1);
  return text.replaceAll(/([A-Za-z]+)(\s*\(\s*([A-Za-z]\w*)\s*\))/gu, (all, name, call, of) =>
    summaryNames.includes(name) && of === port ? `${name}${" ".repeat(call.length)}` : all,
  );
}
