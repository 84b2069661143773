import type { Params, Value } from "../../../runtime/ir/primitives.ts";
import type { Emit } from "../../../runtime/ir/program.ts";
import { padCotangent } from "../../../runtime/rules/pad.ts";
import type { Shape } from "../../../runtime/tensor/tensor.ts";
import { axisMap, type AxisMap } from "../separable/axis-map.ts";
import { transposed } from "../separable/axis-matrix.ts";
import { tapMatrix } from "../separable/axis-taps.ts";
import type { Boundary } from "../separable/boundary.ts";
import type { Reach } from "./kernel.ts";

/** Images with a border of what lies outside of them, and the adjoint of that. */
export interface Extension {
  extend(emit: Emit, x: Value): Value;
  adjoint(emit: Emit, x: Value): Value;
}

const padModes: Readonly<Record<Boundary, Params<"Pad">["mode"] | null>> = {
  mirror: "reflect",
  symmetric: null,
  zero: "constant",
  edge: "edge",
  circular: "wrap",
};

/** The border of images [N, C, H, W]: by Pad where it can, else by a matrix of ones and zeros an axis. */
export function extension(
  [height, width]: readonly [number, number],
  [rows, columns]: readonly [Reach, Reach],
  boundary: Boundary,
): Extension {
  const mode = padModes[boundary];
  const farthest = (size: number) => (boundary === "mirror" ? size - 1 : size);
  const fits = ({ before, after }: Reach, size: number) =>
    boundary === "zero" || boundary === "edge" || Math.max(before, after) <= farthest(size);
  if (mode !== null && fits(rows, height) && fits(columns, width))
    return byPad([height, width], {
      pads: [0, 0, rows.before, columns.before, 0, 0, rows.after, columns.after],
      mode,
      value: 0,
    });
  return byMatrix([axisMatrixOf(height, rows, boundary), axisMatrixOf(width, columns, boundary)]);
}

function byPad(spatial: Shape, params: Params<"Pad">): Extension {
  return {
    extend: (emit, x) => emit.op("Pad", [x], params),
    adjoint: (emit, g) => padCotangent(emit, g, [...g.shape.slice(0, 2), ...spatial], params),
  };
}

const axisMatrixOf = (size: number, { before, after }: Reach, boundary: Boundary) =>
  tapMatrix({ rows: before + size + after, columns: size, boundary }, (i) => ({
    first: i - before,
    weights: [1],
  }));

function byMatrix(matrices: readonly [ReturnType<typeof tapMatrix>, ReturnType<typeof tapMatrix>]) {
  const pair = (make: (m: ReturnType<typeof tapMatrix>) => AxisMap) => {
    const [rows, columns] = [make(matrices[0]), make(matrices[1])];
    return (emit: Emit, x: Value) => columns.onColumns(emit, rows.onRows(emit, x));
  };
  return { extend: pair(axisMap), adjoint: pair((m) => axisMap(transposed(m))) };
}
