import type { OpName, Params } from "../../ir/primitives.ts";
import { sizeOf, type TensorData } from "../../tensor/tensor.ts";
import { numbersOf, tensorOf } from "../proto/numbers.ts";
import { elementwiseFolds } from "./elementwise.ts";
import type { Fold, FoldTable, HostTensor } from "./host-tensor.ts";
import { movementFolds } from "./movement.ts";
import { reductionFolds } from "./reduction.ts";

const folds: FoldTable = { ...elementwiseFolds, ...movementFolds, ...reductionFolds };

// Shape arithmetic is integers and booleans; the few floats are scales of Resize and the like.
const mostIntegers = 2 ** 16;
const mostFloats = 64;
/** Rows whose last digit the backends may round otherwise are folded only for a handful of scalars. */
const mostInexact = 4;
const inexact: ReadonlySet<OpName> = new Set<OpName>(["Exp", "Log", "Pow"]);

/**
 * The outputs of an equation on small known tensors, or null: it stays in the program.
 * Integers follow ONNX (Div truncates); floats are rounded to their element type after each operation.
 */
export function foldEquation<N extends OpName>(
  op: N,
  inputs: readonly (TensorData | null)[],
  params: Params<N>,
): readonly TensorData[] | null {
  // The table is written row by row with exact params; here the row is only known by its name.
  const fold: Fold<N> | undefined = folds[op];
  const most = inexact.has(op) ? mostInexact : mostFloats;
  if (fold === undefined || inputs.some((t) => t !== null && sizeOf(t.shape) > limitOf(t, most)))
    return null;
  const hosts = inputs.map((t) => (t === null ? null : toHost(t)));
  if (hosts.some((host, i) => host === null && inputs[i] !== null)) return null;
  const outputs = fold(hosts, params);
  if (outputs === null || outputs.some((t) => sizeOf(t.shape) > limitOf(t, most))) return null;
  const made = outputs.map(({ dtype, shape, values }) => tensorOf(dtype, shape, values()));
  // An integer too large for exact arithmetic is the backend's to compute.
  return made.every((t) => t.dtype !== "int64" || numbersOf(t) !== null) ? made : null;
}

function limitOf({ dtype }: { readonly dtype: string }, most: number): number {
  return dtype.startsWith("float") ? most : mostIntegers;
}

function toHost(tensor: TensorData): HostTensor | null {
  const values = numbersOf(tensor);
  return values === null ? null : { dtype: tensor.dtype, shape: tensor.shape, values };
}
