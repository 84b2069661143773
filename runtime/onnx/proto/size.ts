import { issueError } from "../../base/issue.ts";
import { formatShape, sizeOf, type Shape } from "../../tensor/tensor.ts";

const mostElements = 2 ** 31;

/**
 * Refuses a tensor that no backend could hold.
 *
 * @throws IssueError `model.too-large`, with the estimate.
 */
export function checkSize(shape: Shape, what: string, node?: string): void {
  const size = sizeOf(shape);
  if (size <= mostElements) return;
  throw issueError(
    "model.too-large",
    `${what} would have ${size.toExponential(1)} elements (shape ${formatShape(shape)}), at least ${formatGiB(size)} GiB as float32.`,
    node === undefined ? {} : { node },
    {
      expected: `at most ${mostElements} elements a tensor`,
      got: `${size}`,
      fix: "Use smaller inputs or another model.",
    },
  );
}

function formatGiB(size: number): string {
  return ((size * 4) / 2 ** 30).toFixed(0);
}
