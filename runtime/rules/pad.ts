import type { Params, Value } from "../ir/primitives.ts";
import type { Emit } from "../ir/program.ts";
import type { Shape } from "../tensor/tensor.ts";
import { add, flip, mapAxis, padOrCrop, reduceSum, sliceAxis, transposeMatrix } from "./write.ts";

type Mode = Params<"Pad">["mode"];

/** The cotangent of what was padded: the inside of `g`, with what the border copied added back. */
export function padCotangent(
  emit: Emit,
  g: Value,
  shape: Shape,
  { pads, mode }: Params<"Pad">,
): Value {
  const rank = shape.length;
  const [begin, end] = [pads.slice(0, rank), pads.slice(rank)];
  if (mode === "constant")
    return padOrCrop(
      emit,
      g,
      begin.map((n) => -n),
      end.map((n) => -n),
    );
  // A negative pad crops first; the borders are copied from what is left.
  const cropped = shape.map((d, i) => d + Math.min(0, begin[i] ?? 0) + Math.min(0, end[i] ?? 0));
  const inner = shape.reduce<Value>((v, _, axis) => {
    const border = { begin: Math.max(0, begin[axis] ?? 0), end: Math.max(0, end[axis] ?? 0) };
    return foldBorder(emit, v, { axis, size: cropped[axis] ?? 1, mode, ...border });
  }, g);
  return padOrCrop(
    emit,
    inner,
    begin.map((n) => Math.max(0, -n)),
    end.map((n) => Math.max(0, -n)),
  );
}

interface Border {
  readonly axis: number;
  /** Length of the axis before padding. */
  readonly size: number;
  readonly begin: number;
  readonly end: number;
  readonly mode: Exclude<Mode, "constant">;
}

function foldBorder(emit: Emit, g: Value, border: Border): Value {
  const { axis, size, begin, end, mode } = border;
  if (begin === 0 && end === 0) return g;
  // A border that copies more than once around is a plain linear map.
  const reach = mode === "reflect" ? size - 1 : size;
  if (mode !== "edge" && Math.max(begin, end) > reach)
    return mapAxis(emit, g, axis, transposeMatrix(padMatrix(border)));
  const inside = sliceAxis(emit, g, axis, { start: begin, end: begin + size });
  const left = sliceAxis(emit, g, axis, { start: 0, end: begin });
  const right = sliceAxis(emit, g, axis, { start: begin + size, end: begin + size + end });
  const place = (part: Value, at: number) => {
    const only = (n: number) => g.shape.map((_, i) => (i === axis ? n : 0));
    return padOrCrop(emit, part, only(at), only(size - at - (part.shape[axis] ?? 0)));
  };
  const parts = [inside];
  if (begin > 0)
    parts.push(
      place(fold(emit, left, axis, mode), { reflect: 1, edge: 0, wrap: size - begin }[mode]),
    );
  if (end > 0)
    parts.push(
      place(
        fold(emit, right, axis, mode),
        { reflect: size - 1 - end, edge: size - 1, wrap: 0 }[mode],
      ),
    );
  return parts.reduce((a, b) => add(emit, a, b));
}

/** The border as it lies inside: turned round, summed up, or as it is. */
function fold(emit: Emit, part: Value, axis: number, mode: Border["mode"]): Value {
  if (mode === "reflect") return flip(emit, part, [axis]);
  return mode === "edge" ? reduceSum(emit, part, [axis]) : part;
}

/** Which inside element every element of the padded axis is: one 1 a row. */
function padMatrix({ size, begin, end, mode }: Border) {
  const rows = begin + size + end;
  const period = mode === "wrap" ? size : Math.max(1, 2 * (size - 1));
  const values = new Array<number>(rows * size).fill(0);
  for (let row = 0; row < rows; row += 1) {
    const at = (((row - begin) % period) + period) % period;
    values[row * size + (at < size ? at : period - at)] = 1;
  }
  return { rows, columns: size, values };
}
