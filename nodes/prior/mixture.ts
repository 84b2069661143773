import { issueError } from "../../runtime/base/issue.ts";
import { sizeOf, type Shape } from "../../runtime/tensor/tensor.ts";
import { eigenSymmetric } from "./eigen.ts";

/** A nested list of numbers as its shape and its values, row by row. */
export interface Table {
  readonly shape: Shape;
  readonly values: ArrayLike<number>;
}

/** A Gaussian mixture of `components` in `size` dimensions; every array row by row. */
export interface Mixture {
  readonly components: number;
  /** The shape of a signal; null: one number a component, the same in every pixel of any signal. */
  readonly shape: Shape | null;
  /** Normalised. */
  readonly weights: readonly number[];
  /** [components, size] */
  readonly means: Float32Array;
  /** Variances along the axes, or the eigenvectors: [components, size], or [components, 1] where they are all equal. */
  readonly variances: Float32Array;
  readonly varianceSize: number;
  /** Eigenvectors in the columns, [components, size, size]; null: the axes. */
  readonly vectors: Float32Array | null;
}

export interface MixtureParts {
  readonly means: Table;
  readonly weights?: readonly number[];
  readonly std?: number | readonly number[];
  readonly variances?: Table;
  readonly covariances?: Table;
}

/** @throws IssueError `prior.mixture` naming the part that does not fit the means. */
export function mixtureOf(parts: MixtureParts): Mixture {
  const { means } = parts;
  const [components = 0, ...shape] = means.shape;
  if (components === 0) throw refuse("means", "A mixture has at least one component.");
  const size = sizeOf(shape);
  return {
    components,
    shape: shape.length === 0 ? null : shape,
    weights: normalised(parts.weights ?? Array<number>(components).fill(1), components),
    means: Float32Array.from(means.values),
    ...spread(parts, components, size),
  };
}

type Spread = Pick<Mixture, "variances" | "varianceSize" | "vectors">;

function spread(parts: MixtureParts, components: number, size: number): Spread {
  const { std, variances, covariances } = parts;
  const given = [std, variances, covariances].filter((part) => part !== undefined).length;
  if (given !== 1)
    throw refuse("std", `Give exactly one of std, variances and covariances; there are ${given}.`);
  if (covariances !== undefined) return full(covariances, components, size);
  const values = variances === undefined ? squares(std ?? 0) : Array.from(variances.values);
  const varianceSize = variances === undefined ? 1 : size;
  return {
    variances: Float32Array.from(repeated(values, components, varianceSize)),
    varianceSize,
    vectors: null,
  };
}

const squares = (std: number | readonly number[]) =>
  (typeof std === "number" ? [std] : std).map((value) => value ** 2);

/** One row for all components, or a row for each. */
function repeated(values: readonly number[], components: number, size: number): readonly number[] {
  if (values.some((value) => !(value >= 0)))
    throw refuse("variances", "A variance is not negative.");
  if (values.length === components * size) return values;
  if (values.length === size) return Array<readonly number[]>(components).fill(values).flat();
  throw refuse(
    "variances",
    `The spread of ${components} components in ${size} dimensions wants ${size} or ${components * size} numbers, got ${values.length}.`,
  );
}

function full({ values }: Table, components: number, size: number): Spread {
  const matrices = repeatedMatrices(Array.from(values), components, size * size);
  const decomposed = matrices.map((matrix, k) => {
    const eigen = eigenSymmetric(matrix, size);
    const most = Math.max(...eigen.values);
    if (eigen.values.some((value) => value < -1e-6 * most))
      throw refuse("covariances", `Covariance ${k} has a negative eigenvalue.`);
    return eigen;
  });
  return {
    variances: Float32Array.from(decomposed.flatMap((e) => e.values.map((v) => Math.max(v, 0)))),
    varianceSize: size,
    vectors: Float32Array.from(decomposed.flatMap((e) => [...e.vectors])),
  };
}

function repeatedMatrices(values: readonly number[], components: number, size: number) {
  if (values.length === size) return Array<readonly number[]>(components).fill(values);
  if (values.length === components * size)
    return Array.from({ length: components }, (_, k) => values.slice(k * size, (k + 1) * size));
  throw refuse(
    "covariances",
    `Expected one matrix of ${size} numbers, or ${components} of them, got ${values.length} numbers.`,
  );
}

function normalised(weights: readonly number[], components: number): readonly number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (weights.length !== components)
    throw refuse(
      "weights",
      `Expected ${components} weights, one a component, got ${weights.length}.`,
    );
  if (!(sum > 0) || weights.some((weight) => weight < 0))
    throw refuse("weights", "Weights are not negative, and one of them is above 0.");
  return weights.map((weight) => weight / sum);
}

function refuse(param: string, message: string) {
  return issueError("prior.mixture", message, { path: ["params", param] });
}
