import { signalRule, whyNotSignal, type NetworkPorts } from "../network.ts";
import type { PartialParametrisation } from "../parametrisation.ts";
import { referenceNormals } from "../../../runtime/base/random-normals.ts";
import { philoxStart } from "../../../runtime/base/random-key.ts";
import { sizeOf, type Shape, type TensorData } from "../../../runtime/tensor/tensor.ts";

/** A clean signal in [-1,1]. */
export interface Reference {
  /** Without the batch axis. */
  readonly shape: Shape;
  readonly values: Float32Array;
}

export interface References {
  readonly clean: readonly Reference[];
  /** Made up, because none of the given pictures fits the network. */
  readonly synthetic: boolean;
}

/** A self-test looks at this many at most. */
export const mostPictures = 4;

const usualSize = 64;
const syntheticCount = 3;

/** The given pictures that the network takes; smooth made-up signals where there are none. */
export function referencesFor(
  given: readonly TensorData[],
  ports: NetworkPorts,
  known: PartialParametrisation,
): References {
  const fitting = given
    .flatMap(singles)
    .filter(({ shape }) => whyNotSignal(signalRule(ports.input, known), shape) === null);
  if (fitting.length > 0) return { clean: fitting, synthetic: false };
  const shape = signalShape(ports, known);
  return {
    clean: Array.from({ length: syntheticCount }, (_, i) => smoothSignal(shape, i)),
    synthetic: true,
  };
}

/** The samples of a batch [N, …shape]. */
function singles({
  dtype,
  shape: [samples = 0, ...shape],
  data,
}: TensorData): readonly Reference[] {
  if (dtype !== "float32") return [];
  const size = sizeOf(shape);
  return Array.from({ length: samples }, (_, i) => ({
    shape,
    values: data.slice(i * size, (i + 1) * size),
  }));
}

function signalShape({ input: { dims } }: NetworkPorts, known: PartialParametrisation): Shape {
  const channels = known.channels ?? (typeof dims[1] === "number" ? dims[1] : 3);
  const multiple = known.multipleOf ?? 1;
  const size = Math.ceil(usualSize / multiple) * multiple;
  const axes = known.spatial ?? dims.slice(2).map((d) => (typeof d === "number" ? d : size));
  return [channels, ...axes];
}

/** A sum of a few slow waves along every axis and one sharp edge, in [-0.9, 0.9]. */
function smoothSignal(shape: Shape, index: number): Reference {
  const [, ...axes] = shape;
  const waves = standardNormals(`waves ${index}`, (axes.length + 2) * 4 * 4);
  const values = Float32Array.from({ length: sizeOf(shape) }, (_, flat) => {
    const at = placeOf(flat, shape);
    const [channel = 0, ...place] = at;
    let sum = 0;
    for (let k = 0; k < 4; k += 1) {
      const w = waves.subarray(k * (axes.length + 2));
      const phase = place.reduce(
        (total, p, i) => total + (w[i] ?? 0) * 5 * (p / (axes[i] ?? 1)),
        0,
      );
      sum += Math.cos(phase + 0.5 * channel + 3 * (w[axes.length] ?? 0)) / 3;
    }
    const edge = (place.at(-1) ?? 0) / (axes.at(-1) ?? 1) > 0.3 + 0.2 * index ? 0.35 : -0.35;
    return 0.9 * Math.tanh(sum + edge);
  });
  return { shape, values };
}

function placeOf(flat: number, shape: Shape): readonly number[] {
  const place: number[] = [];
  let rest = flat;
  for (const d of shape.toReversed()) {
    place.unshift(rest % d);
    rest = Math.floor(rest / d);
  }
  return place;
}

/** Always the same numbers under the same name. */
export function standardNormals(name: string, count: number): Float32Array {
  const out = new Float32Array(count);
  referenceNormals(out, philoxStart({ seed: 0, stream: name, sample: 0, indices: [] }));
  return out;
}
