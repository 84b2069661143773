import type { Result } from "../../runtime/execute/events.ts";
import { isTensor, type Answer, type CaseReport } from "./run-case.ts";

/** The report in an answer; throws what went wrong instead. */
export function reportOf(answer: Answer | undefined): CaseReport {
  if (answer === undefined) throw new Error("the case was not run");
  if ("issues" in answer)
    throw new Error(answer.issues.map((i) => `${i.code}: ${i.message}`).join("\n"));
  return answer;
}

/** By output: the largest |a − b|, relative to the largest |b| of that output. */
export function differences(
  a: CaseReport["outputs"],
  b: CaseReport["outputs"],
): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(b).map(([name, expected]) => [
      name,
      relativeDifference(numbersIn(a[name]), numbersIn(expected)),
    ]),
  );
}

/** The largest |a − b| over the largest |b|; NaN where their sizes differ. */
export function relativeDifference(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length || b.length === 0) return Number.NaN;
  const apart = largest(b.map((value, i) => value - (a[i] ?? Number.NaN)));
  return apart === 0 ? 0 : apart / largest(b);
}

/** The largest absolute value; NaN where one is NaN. */
export function largest(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

/** Every number of a result, in order. */
export function numbersIn(result: Result | undefined): readonly number[] {
  if (result === undefined) return [];
  if (typeof result === "number") return [result];
  if (isTensor(result)) return Array.from(result.data as Float32Array, Number);
  return Object.values(result as readonly Result[]).flatMap(numbersIn);
}
