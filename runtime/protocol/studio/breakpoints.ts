import type { Issue } from "../../base/issue.ts";
import { evaluateNumber, namesIn, type Expression } from "../../graph/expression.ts";
import { parseExpression } from "../../graph/expression-parse.ts";
import type { FrameSummary } from "./messages.ts";
import type { Breakpoint } from "./requests.ts";

/** A breakpoint whose condition holds. */
export interface Hit {
  readonly id: string;
  readonly wire: string | null;
  readonly iteration: readonly number[];
}

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
  readonly atStep: (zone: string, iteration: number) => Hit | null;
}

const iterationNames = ["iteration", "outer"] as const;
const summaryNames = ["lowest", "highest", "mean", "std", "norm", "isNaN"] as const;

interface Parsed {
  readonly breakpoint: Breakpoint;
  readonly condition: Expression;
}

export function readBreakpoints(given: readonly Breakpoint[]): Breakpoints {
  const read = given.map((breakpoint) => parse(breakpoint));
  const good = read.flatMap((each) => ("code" in each ? [] : [each]));
  const find = (isHere: (each: Breakpoint) => boolean, values: ReadonlyMap<string, number>) =>
    good.find(
      ({ breakpoint, condition }) =>
        isHere(breakpoint) && evaluateNumber(condition, (name) => values.get(name) ?? NaN) !== 0,
    )?.breakpoint.id;
  return {
    wires: good.flatMap(({ breakpoint: { wire } }) => (wire === null ? [] : [wire])),
    issues: read.flatMap((each) => ("code" in each ? [each] : [])),
    atFrame(wire, iteration, summary) {
      const values = new Map([...place(iteration), ...numbersOf(summary)]);
      const id = find((each) => each.wire === wire, values);
      return id === undefined ? null : { id, wire, iteration };
    },
    atStep(zone, step) {
      const iteration = [step];
      const values = new Map(place(iteration));
      const id = find(({ wire, zone: its }) => wire === null && (its ?? zone) === zone, values);
      return id === undefined ? null : { id, wire: null, iteration };
    },
  };
}

const place = (iteration: readonly number[]): readonly (readonly [string, number])[] => [
  ["iteration", iteration.at(-1) ?? 0],
  ["outer", iteration[0] ?? 0],
];

const numbersOf = ({ min, max, mean, std, norm, notFinite }: FrameSummary) =>
  Object.entries({ lowest: min, highest: max, mean, std, norm, isNaN: Number(notFinite > 0) });

function parse(breakpoint: Breakpoint): Parsed | Issue {
  const { id, condition: text, wire } = breakpoint;
  const at = { path: ["breakpoints", id] };
  const condition = parseExpression(text);
  if ("code" in condition) return { ...condition, at };
  const known: readonly string[] =
    wire === null ? iterationNames : [...summaryNames, ...iterationNames];
  const unknown = namesIn(condition).find((name) => !known.includes(name));
  if (unknown === undefined) return { breakpoint, condition };
  return {
    code: "breakpoint.name",
    message: `The condition ${JSON.stringify(text)} reads ${unknown}, which a breakpoint does not know here.`,
    at,
    expected: known.join(", "),
  };
}
