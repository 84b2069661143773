import type { Issue } from "../../runtime/base/issue.ts";
import type { Result } from "../../runtime/execute/events.ts";
import { isTensor } from "../../runtime/execute/is-tensor.ts";

/** An issue, code `run.not-finite`, for every output that holds what is no finite number. */
export function notFinite(outputs: Readonly<Record<string, Result>>): readonly Issue[] {
  return Object.entries(outputs).flatMap(([name, value]) => {
    const count = countIn(value);
    if (count === 0) return [];
    return [
      {
        code: "run.not-finite",
        message: `The output ${name} holds ${count} values that are NaN or infinite.`,
        at: { path: ["outputs", name] },
        fix: "Probe the wires that lead to it.",
      },
    ];
  });
}

function countIn(value: Result): number {
  if (typeof value === "number") return Number.isFinite(value) ? 0 : 1;
  if (!isTensor(value))
    return Object.values(value).reduce((sum: number, part: Result) => sum + countIn(part), 0);
  if (!(value.data instanceof Float32Array || value.data instanceof Float64Array)) return 0;
  let count = 0;
  for (const each of value.data) if (!Number.isFinite(each)) count += 1;
  return count;
}
