import type { Operator } from "../../../runtime/graph/values.ts";
import { float32, type TensorData } from "../../../runtime/tensor/tensor.ts";
import { add, scale, sub } from "../../../runtime/trace/math.ts";
import { norm } from "./numbers.ts";
import type { Open } from "./written.ts";

const mostSteps = 200;
const closeEnough = 1e-5;
/** How far the Jacobian of a nonlinear operator is looked at, for a direction of values around 1. */
const reach = 1e-3;

/** The largest eigenvalue of JᵀJ at `x` (one sample) by power iteration; undefined without a gradient. */
export async function largestEigenvalue(
  open: Open,
  { vjp, apply, linear }: Operator,
  x: TensorData,
): Promise<number | undefined> {
  if (vjp === undefined) return undefined;
  const written = await open([x.shape, x.shape], (emit, [at, v]) => {
    if (at === undefined || v === undefined) throw new Error("internal: inputs");
    if (linear) return [vjp(emit, at, apply(emit, v))];
    const step = scale(emit, v, reach);
    const change = sub(emit, apply(emit, add(emit, at, step)), apply(emit, sub(emit, at, step)));
    return [vjp(emit, at, scale(emit, change, 1 / (2 * reach)))];
  });
  let v = startFor(x);
  let eigenvalue = 0;
  for (let step = 0; step < mostSteps; step += 1) {
    const [next = v] = await written.run([x, float32(v, x.shape)]);
    const size = norm(next);
    const found = size / norm(v);
    const settled = Math.abs(found - eigenvalue) <= closeEnough * found;
    eigenvalue = found;
    if (size === 0 || settled) break;
    v = next.map((value) => (value * Math.sqrt(next.length)) / size);
  }
  await written.close();
  return eigenvalue;
}

/** Values around 1 without a symmetry that an eigenvector could lack. */
const startFor = ({ data }: TensorData) =>
  Float32Array.from(data as Float32Array, (_, i) => 1 + 0.5 * Math.sin(1 + i * i));
