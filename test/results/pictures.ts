import { readFileSync } from "node:fs";
import path from "node:path";
import { readImage } from "../../cli/files/read-image.ts";
import { readNpy } from "../../runtime/tensor/npy.ts";
import type { TensorData } from "../../runtime/tensor/tensor.ts";
import { root } from "../bench/subject.ts";

/** Pictures in [-1,1], [count, C, H, W]: those that are reported, and others for the search. */
export interface Pictures {
  readonly prior: "fashion28" | "photo64";
  readonly test: TensorData;
  readonly tuning: TensorData;
}

const assets = path.join(root, "graphs/assets");
/** Photos whose crops serve the search alone. */
const tuningPhotos = ["brushes", "friends", "moose", "seeding"];
const testPhotos = [
  "astronaut",
  "chelsea",
  "china",
  "coffee",
  "crocodile",
  "flower",
  "parrot",
  "picosdeeuropa",
  "rocket",
];

interface PictureSet {
  /** What it holds, a sentence for its page. */
  readonly says: string;
  readonly make: () => Promise<Pictures>;
}

/** The sets of pictures by name, in the order in which they are run. */
export const pictureSets: Readonly<Record<string, PictureSet>> = {
  fashion28: {
    says: "Fashion-MNIST test images 0 to 15 (search: 16 to 23), prior fashion28.",
    make: fashion28,
  },
  photo64: {
    says: "Nine held-out photos at 64 px and seven 64 px crops of theirs at 256 px (search: four other photos, both ways), prior photo64.",
    make: photo64,
  },
  photo256: {
    says: "Two held-out photos at 256 px (search: two others), prior photo64, which saw crops of 64 px.",
    make: photo256,
  },
};

async function fashion28(): Promise<Pictures> {
  const { data } = readNpy(readFileSync(path.join(assets, "fashion_test64.npy")));
  const of = (from: number, count: number): TensorData => ({
    dtype: "float32",
    shape: [count, 1, 28, 28],
    data: Float32Array.from(
      (data as Uint8Array).subarray(from * 784, (from + count) * 784),
      (p) => (2 * p) / 255 - 1,
    ),
  });
  return { prior: "fashion28", test: of(0, 16), tuning: of(16, 8) };
}

async function photo64(): Promise<Pictures> {
  const whole = (names: readonly string[]) => Promise.all(names.map((name) => photo(name, 64)));
  const crops = (names: readonly string[]) =>
    Promise.all(names.map(async (name) => centre(await photo(name, 256), 64)));
  return {
    prior: "photo64",
    test: stacked([...(await whole(testPhotos)), ...(await crops(testPhotos.slice(0, 7)))]),
    tuning: stacked([...(await whole(tuningPhotos)), ...(await crops(tuningPhotos))]),
  };
}

async function photo256(): Promise<Pictures> {
  const at = async (names: readonly string[]) =>
    stacked(await Promise.all(names.map((name) => photo(name, 256))));
  return {
    prior: "photo64",
    test: await at(["chelsea", "flower"]),
    tuning: await at(["moose", "friends"]),
  };
}

const photo = (name: string, size: number): Promise<TensorData> =>
  readImage(path.join(assets, `${name}_${size}.png`), { channels: 3 });

/** The middle `size` × `size` pixels of a square picture. */
function centre({ dtype, shape, data }: TensorData, size: number): TensorData {
  const [, channels = 1, height = 1, width = 1] = shape;
  const [top, left] = [(height - size) >> 1, (width - size) >> 1];
  const source = data as Float32Array;
  const cut = Float32Array.from({ length: channels * size * size }, (_, i) => {
    const [c, y, x] = [Math.floor(i / size ** 2), Math.floor(i / size) % size, i % size];
    return source[(c * height + top + y) * width + left + x] ?? 0;
  });
  return { dtype, shape: [1, channels, size, size], data: cut } as TensorData;
}

/** The first `count` pictures. */
export function firstOf(pictures: TensorData, count: number): TensorData {
  const [all = 1, ...shape] = pictures.shape;
  const kept = Math.min(all, count);
  const size = pictures.data.length / all;
  const data = (pictures.data as Float32Array).slice(0, kept * size);
  return { dtype: "float32", shape: [kept, ...shape], data };
}

function stacked(pictures: readonly TensorData[]): TensorData {
  const [first] = pictures;
  if (first === undefined) throw new Error("no pictures");
  const data = Float32Array.from(pictures.flatMap((p) => [...(p.data as Float32Array)]));
  return { dtype: "float32", shape: [pictures.length, ...first.shape.slice(1)], data };
}
