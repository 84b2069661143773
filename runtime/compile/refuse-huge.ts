import { IssueError, type Issue } from "../base/issue.ts";
import type { Value } from "../ir/primitives.ts";
import {
  bytesPerElement,
  formatShape,
  sizeOf,
  type TensorData,
  type TensorType,
} from "../tensor/tensor.ts";
import type { Barrier, Region } from "./region.ts";

/** Elements of one tensor that are still attempted: 1 GiB of float32. */
const mostElements = 2 ** 28;

const mostNamed = 5;

/**
 * Refuses a graph that would make a tensor of more than `mostElements`, before any memory is asked for.
 *
 * @throws IssueError `tensor.huge` with the size of each, the largest first.
 */
export function refuseHuge(regions: readonly Region[]): void {
  const issues = regions
    .flatMap(valuesOf)
    .filter(({ value }) => sizeOf(value.shape) > mostElements)
    .toSorted((a, b) => sizeOf(b.value.shape) - sizeOf(a.value.shape))
    .filter(({ value }, i, all) => all.findIndex((made) => made.value === value) === i)
    .slice(0, mostNamed)
    .map(({ value, node }) => issueOf(value, node));
  if (issues.length > 0) throw new IssueError(issues);
}

/**
 * Refuses what is fed when repeating it over the batch would make such a tensor.
 *
 * @throws IssueError `tensor.huge`
 */
export function refuseHugeInputs(
  tensors: Iterable<readonly [name: string, tensor: TensorData]>,
  batch: number,
): void {
  const issues: Issue[] = [];
  for (const [name, { dtype, shape }] of tensors) {
    const whole = { dtype, shape: [Math.max(batch, shape[0] ?? 1), ...shape.slice(1)] };
    if (sizeOf(whole.shape) > mostElements) issues.push(issueOf(whole, name));
  }
  if (issues.length > 0) throw new IssueError(issues.slice(0, mostNamed));
}

interface Made {
  readonly value: Value;
  readonly node: string | undefined;
}

function valuesOf(region: Region): readonly Made[] {
  return [
    ...region.wires.map(({ path, value }) => ({ value, node: path })),
    ...region.recorder.equations.flatMap(({ outputs, origin }) =>
      outputs.map((value) => ({ value, node: origin })),
    ),
    ...region.barriers.flatMap(barrierValues),
  ];
}

function barrierValues(barrier: Barrier): readonly Made[] {
  if (barrier.kind === "draw") return [{ value: barrier.output, node: barrier.stream }];
  if (barrier.kind !== "call") return [];
  return barrier.outputs.map((value) => ({ value, node: barrier.origin }));
}

function issueOf({ dtype, shape }: TensorType, node: string | undefined): Issue {
  const elements = sizeOf(shape);
  const gigabytes = (elements * bytesPerElement[dtype]) / 1e9;
  return {
    code: "tensor.huge",
    message: `This makes a tensor of shape ${formatShape(shape)}, which is ${elements.toExponential(2)} numbers or ${gigabytes.toPrecision(3)} GB; at most ${mostElements} numbers are attempted.`,
    at: node === undefined ? {} : { node },
    expected: `at most ${mostElements} elements`,
    got: String(elements),
    fix: "Use a smaller image, or fewer samples.",
  };
}
