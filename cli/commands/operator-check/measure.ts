import { fillNormals } from "../../../runtime/execute/noise/fill-normals.ts";
import type { Operator, OperatorEmit } from "../../../runtime/graph/values.ts";
import type { Value } from "../../../runtime/ir/primitives.ts";
import { float32, sizeOf, type Shape, type TensorData } from "../../../runtime/tensor/tensor.ts";
import { add, mul, scale } from "../../../runtime/trace/math.ts";
import { largestEigenvalue } from "./eigenvalue.ts";
import { difference, dot, norm, timed } from "./numbers.ts";
import type { Open } from "./written.ts";

/** What was computed of an operator; errors are relative, and absent where the operator lacks the column. */
export interface Measured {
  /** Shape of one measurement as it came out. */
  readonly measurement: Shape;
  /** ‖A(au + bv) − aA(u) − bA(v)‖ / ‖A(au + bv)‖. */
  readonly linearity: number;
  /** |⟨Au, r⟩ − ⟨u, Aᵀr⟩| / (‖Au‖ ‖r‖). */
  readonly adjoint?: number;
  /** The gradient against central differences along random directions, in units of its norm. */
  readonly gradient?: number;
  /** ‖A⁺ A A⁺ r − A⁺ r‖ / ‖A⁺ r‖. */
  readonly pinv?: number;
  /** ‖A A⁺ A u − A u‖ / ‖A u‖: what A⁺ leaves out. */
  readonly leftOut?: number;
  /** ‖P u − A⁺ A u‖ / ‖P u‖. */
  readonly projector?: number;
  /** ‖P P u − P u‖ / ‖P u‖. */
  readonly idempotence?: number;
  /** |⟨A⁺r, u⟩ − ⟨r, A⁺ᵀu⟩| / (‖A⁺r‖ ‖u‖). */
  readonly pinvTransposed?: number;
  /** The larger of ‖V Vᵀ u − u‖ / ‖u‖ and ‖Uᵀ A w − S Vᵀ w‖ / ‖A u‖, where w = A⁺A u. */
  readonly decomposition?: number;
  /** Largest eigenvalue of JᵀJ at a picture, by power iteration. */
  readonly eigenvalue?: number;
  /** For one sample. */
  readonly milliseconds: number;
}

const batch = 2;

/** Tests an operator on two samples of noise, and its gradient at a few pictures. */
export async function measureOperator(open: Open, operator: Operator): Promise<Measured> {
  const eigenvalue = await largestEigenvalue(open, operator, pictures(1, operator.signal));
  return {
    ...(await algebra(open, operator)),
    ...(await gradientError(open, operator)),
    ...(eigenvalue !== undefined && { eigenvalue }),
    milliseconds: await applicationTime(open, operator),
  };
}

type Writing = (emit: OperatorEmit) => Value;

/** What is computed in one program, by name. */
async function algebra(open: Open, operator: Operator): Promise<Omit<Measured, "milliseconds">> {
  const signal = [batch, ...operator.signal];
  const measured = [batch, ...operator.measurement];
  const given = [normals("u", signal), normals("v", signal), normals("r", measured)];
  const names: string[] = [];
  let made: Shape = measured;
  const written = await open([signal, signal, measured], (emit, [u, v, r]) => {
    if (u === undefined || v === undefined || r === undefined) throw new Error("internal: inputs");
    made = operator.apply(emit, u).shape;
    const all = writings(operator, { u, v, r });
    names.push(...Object.keys(all));
    return Object.values(all).map((write) => write(emit));
  });
  const arrays = await written.run(given);
  await written.close();
  const found = Object.fromEntries(names.map((name, i) => [name, arrays[i]]));
  const [u, , r] = given.map(({ data }) => data as Float32Array);
  if (u === undefined || r === undefined) throw new Error("internal: inputs");
  return { measurement: made.slice(1), ...errorsOf(found, { u, r }) };
}

interface Inputs<T> {
  readonly u: T;
  readonly r: T;
}

const [a, b] = [0.7, -1.3];

/** Every value that an error needs; those of absent columns are left out. */
function writings(operator: Operator, { u, v, r }: Inputs<Value> & { readonly v: Value }) {
  const { adjoint, pinv, projector, pinvTransposed, svd } = operator;
  const apply = (emit: OperatorEmit, x: Value) => operator.apply(emit, x);
  const all: Record<string, Writing> = {
    Au: (emit) => apply(emit, u),
    Av: (emit) => apply(emit, v),
    mixed: (emit) => apply(emit, add(emit, scale(emit, u, a), scale(emit, v, b))),
  };
  if (adjoint !== undefined) all["adjoint"] = (emit) => adjoint(emit, r);
  const seen = (emit: OperatorEmit) => (pinv === undefined ? u : pinv(emit, apply(emit, u)));
  if (pinv !== undefined) {
    all["seen"] = seen;
    all["again"] = (emit) => apply(emit, seen(emit));
    all["pinv"] = (emit) => pinv(emit, r);
    all["pinvAgain"] = (emit) => pinv(emit, apply(emit, pinv(emit, r)));
  }
  if (projector !== undefined) {
    all["Pu"] = (emit) => projector(emit, u);
    all["PPu"] = (emit) => projector(emit, projector(emit, u));
  }
  if (pinvTransposed !== undefined) all["pinvTransposed"] = (emit) => pinvTransposed(emit, u);
  if (svd !== undefined) {
    all["back"] = (emit) => svd.fromSpectral(emit, svd.toSpectral(emit, u));
    all["spectral"] = (emit) => svd.measurementToSpectral(emit, apply(emit, seen(emit)));
    all["scaled"] = (emit) => mul(emit, svd.toSpectral(emit, seen(emit)), svd.singularValues(emit));
  }
  return all;
}

type Found = Readonly<Record<string, Float32Array | undefined>>;

function errorsOf(found: Found, given: Inputs<Float32Array>) {
  const { Au, Av, mixed, adjoint } = found;
  const { u, r } = given;
  if (Au === undefined || Av === undefined || mixed === undefined)
    throw new Error("internal: an operator was not applied");
  const sum = Au.map((v, i) => a * v + b * (Av[i] ?? Number.NaN));
  return {
    linearity: difference(mixed, sum),
    ...(adjoint && { adjoint: adjointError({ left: Au, by: r, right: adjoint, from: u }) }),
    ...inverseErrors(found, given),
    ...projectorErrors(found),
    ...decompositionError(found, u),
  };
}

function inverseErrors(found: Found, { u, r }: Inputs<Float32Array>) {
  const { Au, again, pinv, pinvAgain, pinvTransposed: right } = found;
  return {
    ...(pinv && pinvAgain && { pinv: difference(pinv, pinvAgain) }),
    ...(Au && again && { leftOut: difference(Au, again) }),
    ...(pinv && right && { pinvTransposed: adjointError({ left: pinv, by: u, right, from: r }) }),
  };
}

function projectorErrors({ seen, Pu, PPu }: Found) {
  return {
    ...(Pu && seen && { projector: difference(Pu, seen) }),
    ...(Pu && PPu && { idempotence: difference(Pu, PPu) }),
  };
}

function decompositionError({ Au, back, spectral, scaled }: Found, u: Float32Array) {
  if (!Au || !back || !spectral || !scaled) return {};
  const values = spectral.map((v, i) => v - (scaled[i] ?? Number.NaN));
  return { decomposition: Math.max(difference(u, back), norm(values) / norm(Au)) };
}

interface Pairing {
  readonly left: Float32Array;
  readonly by: Float32Array;
  readonly right: Float32Array;
  readonly from: Float32Array;
}

/** |⟨left, by⟩ − ⟨from, right⟩|, in units of the first factor's norms. */
const adjointError = ({ left, by, right, from }: Pairing) =>
  Math.abs(dot(left, by) - dot(from, right)) / (norm(left) * norm(by) || 1);

/** Steps of the differences: rounding spoils short ones, bends and corners of A long ones. */
const steps = [1e-2, 1e-3, 1e-4];

/** Directions in which the gradient is looked at, one a sample. */
const directions = 4;

async function gradientError(open: Open, operator: Operator): Promise<Pick<Measured, "gradient">> {
  const { vjp } = operator;
  if (vjp === undefined) return {};
  const signal = [directions, ...operator.signal];
  const measured = [directions, ...operator.measurement];
  const written = await open([signal, signal, measured], (emit, [x, d, r]) => {
    if (x === undefined || d === undefined || r === undefined) throw new Error("internal: inputs");
    const moved = (step: number) => operator.apply(emit, add(emit, x, scale(emit, d, step)));
    return [vjp(emit, x, r), ...steps.flatMap((step) => [moved(step), moved(-step)])];
  });
  const direction = normals("direction", signal);
  const cotangent = normals("cotangent", measured);
  const [gradient = new Float32Array(), ...moved] = await written.run([
    pictures(directions, operator.signal),
    direction,
    cotangent,
  ]);
  await written.close();
  const along = dots(gradient, direction.data as Float32Array);
  const r = cotangent.data as Float32Array;
  const errors = steps.map((step, i) => {
    const [plus = gradient, minus = gradient] = moved.slice(2 * i, 2 * i + 2);
    const [up, down] = [dots(plus, r), dots(minus, r)];
    const off = along.map((v, n) => v - ((up[n] ?? 0) - (down[n] ?? 0)) / (2 * step));
    return Math.hypot(...off);
  });
  return { gradient: Math.min(...errors) / (norm(gradient) || 1) };
}

/** The inner product of each sample. */
function dots(x: Float32Array, y: Float32Array): readonly number[] {
  const size = x.length / directions;
  return Array.from({ length: directions }, (_, n) =>
    dot(x.subarray(n * size, (n + 1) * size), y.subarray(n * size, (n + 1) * size)),
  );
}

async function applicationTime(open: Open, operator: Operator): Promise<number> {
  const written = await open([[1, ...operator.signal]], (emit, [x]) =>
    x === undefined ? [] : [operator.apply(emit, x)],
  );
  const x = pictures(1, operator.signal);
  const milliseconds = await timed(() => written.run([x]));
  await written.close();
  return milliseconds;
}

function normals(stream: string, shape: Shape): TensorData {
  const data = new Float32Array(sizeOf(shape));
  fillNormals(data, { seed: 1, stream, sample: 0, indices: [] });
  return float32(data, shape);
}

/** Waves with a little noise on them, in [-1, 1]. */
export function pictures(samples: number, signal: Shape): TensorData {
  const shape = [samples, ...signal];
  const width = shape.at(-1) ?? 1;
  const noise = normals("picture", shape).data as Float32Array;
  const data = noise.map((n, i) => {
    const wave = Math.sin(i / (2.3 * width)) * Math.cos((i % width) / 3.1);
    return Math.max(-1, Math.min(1, 0.8 * wave + 0.1 * n));
  });
  return float32(data, shape);
}
