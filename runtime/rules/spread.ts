import type { Params, Value } from "../ir/primitives.ts";
import type { Emit } from "../ir/program.ts";
import { sizeOf, type Shape } from "../tensor/tensor.ts";
import { constantLike, mul, reshape } from "./write.ts";

/** `steps[i] - 1` zeros after every element along axis i. */
export function spreadOut(emit: Emit, a: Value, steps: readonly number[]): Value {
  return steps.reduce<Value>((v, step, axis) => {
    if (step === 1) return v;
    const longer = v.shape.with(axis, (v.shape[axis] ?? 1) * step);
    const repeated = repeatEach(
      emit,
      v,
      v.shape.map((_, i) => (i === axis ? step : 1)),
    );
    const comb = Array.from({ length: longer[axis] ?? 1 }, (_, i) => (i % step === 0 ? 1 : 0));
    return mul(
      emit,
      repeated,
      constantLike(
        emit,
        a,
        comb,
        longer.map((d, i) => (i === axis ? d : 1)),
      ),
    );
  }, a);
}

/**
 * A Pad that only puts zeros behind axes of length 1, in its fast form; `null` for any other. Exporters write
 * upsampling by zeros so: a length-1 axis behind the one to be spread, padded, joined with it.
 */
export function stuffZeros(
  emit: Emit,
  a: Value,
  { pads, mode, value }: Params<"Pad">,
): Value | null {
  const rank = a.shape.length;
  const [before, after] = [pads.slice(0, rank), pads.slice(rank)];
  const narrow = after.every(
    (n, i) => n === 0 || (n > 0 && i > 0 && a.shape[i] === 1 && after[i - 1] === 0),
  );
  if (
    mode !== "constant" ||
    value !== 0 ||
    before.some((n) => n !== 0) ||
    !narrow ||
    after.every((n) => n === 0)
  )
    return null;
  const kept = a.shape.filter((_, i) => after[i] === 0);
  const steps = a.shape.flatMap((_, i) => (after[i] === 0 ? [1 + (after[i + 1] ?? 0)] : []));
  return reshape(
    emit,
    spreadOut(emit, reshape(emit, a, kept), steps),
    a.shape.map((d, i) => d + (after[i] ?? 0)),
  );
}

/**
 * Every element `times[i]` times in a row along axis i: nearest-neighbour Resize, which is many times
 * faster than a Pad or an Expand of narrow rows.
 */
export function repeatEach(emit: Emit, a: Value, times: readonly number[]): Value {
  return times.reduce<Value>((v, factor, axis) => {
    const next = times[axis + 1] ?? 1;
    // Two neighbours at the end go together; the pass over the second finds it done.
    const pair = axis === v.shape.length - 2 && next > 1;
    if (axis === v.shape.length - 1 && (times[axis - 1] ?? 1) > 1) return v;
    if (factor === 1) return v;
    const plane = asPlane(v.shape, axis, pair);
    const scales = [1, 1, factor, pair ? next : 1];
    const sizes = plane.map((d, i) => d * (scales[i] ?? 1));
    const long = emit.op("Resize", [reshape(emit, v, plane)], {
      sizes,
      scales,
      mode: "nearest",
      coordinateTransformationMode: "asymmetric",
      nearestMode: "floor",
      cubicCoeffA: -0.75,
      antialias: false,
      excludeOutside: false,
    });
    return reshape(
      emit,
      long,
      v.shape.map((d, i) => (i === axis ? d * factor : pair && i === axis + 1 ? d * next : d)),
    );
  }, a);
}

/** [1, all before, the axis, all after], or with the last axis by itself. */
function asPlane(shape: Shape, axis: number, pair: boolean): Shape {
  const after = pair ? (shape.at(-1) ?? 1) : sizeOf(shape.slice(axis + 1));
  return [1, sizeOf(shape.slice(0, axis)), shape[axis] ?? 1, after];
}
