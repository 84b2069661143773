import type { MixtureParts } from "./mixture.ts";

/** Mixtures in the plane for teaching, inside [-1,1]². */
export const mixturePresets = ["eight-gaussians", "two-moons", "grid", "spiral"] as const;
export type MixturePreset = (typeof mixturePresets)[number];

type Point = readonly [number, number];

const presets: Readonly<Record<MixturePreset, () => MixtureParts>> = {
  "eight-gaussians": () =>
    inPlane(
      range(8).map((i) => polar(0.8, (i * Math.PI) / 4)),
      0.08,
    ),
  "two-moons": () =>
    inPlane(
      range(16).flatMap((i) => moons((i / 15) * Math.PI)),
      0.07,
    ),
  grid: () =>
    inPlane(
      range(25).map((i) => [((i % 5) - 2) * 0.4, (Math.floor(i / 5) - 2) * 0.4]),
      0.05,
    ),
  spiral: () =>
    inPlane(
      range(32).map((i) => polar(0.1 + (0.8 * i) / 31, (i / 31) * 4 * Math.PI)),
      0.05,
    ),
};

export function mixturePreset(name: MixturePreset): MixtureParts {
  return presets[name]();
}

const range = (n: number) => Array.from({ length: n }, (_, i) => i);
const polar = (radius: number, angle: number): Point => [
  radius * Math.cos(angle),
  radius * Math.sin(angle),
];

/** A point of each half circle, the second upside down and shifted into the first. */
function moons(angle: number): readonly Point[] {
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  return [
    [(c - 0.5) * 0.6, (s - 0.25) * 0.6],
    [(0.5 - c) * 0.6, (0.25 - s) * 0.6],
  ];
}

function inPlane(points: readonly Point[], std: number): MixtureParts {
  return { means: { shape: [points.length, 2], values: points.flat() }, std };
}
