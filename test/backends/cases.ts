import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import type { Feed } from "../../runtime/compile/slots.ts";
import type { ModelAsset } from "../../runtime/graph/define-node.ts";
import type { Document } from "../../runtime/graph/document.ts";
import { readDocument } from "../../runtime/graph/read.ts";
import { float32, type TensorData } from "../../runtime/tensor/tensor.ts";
import { readManifest } from "../golden/manifest.ts";
import { assetsOf, prepareCase, probesOf, type PreparedCase } from "../golden/replay.ts";
import { functionsGraph, toyGraph } from "./toy-graphs.ts";
import type { GraphCase } from "./run-case.ts";

const at = (file: string) => fileURLToPath(new URL(`../../${file}`, import.meta.url));

function documentIn(file: string): Document {
  const { document, issues } = readDocument(readFileSync(at(file), "utf8"));
  if (document === null) throw new Error(issues.map(({ message }) => message).join("\n"));
  return document;
}

function modelIn(file: string): ModelAsset {
  const bytes = new Uint8Array(readFileSync(at(file)));
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { name: basename(file), bytes, card: null, sha256 };
}

const gray = { prior: modelIn("test/golden/priors/toy_gray28.onnx") };
const rgb = { prior: modelIn("test/golden/priors/toy_rgb.onnx") };
const onnxPrior: Feed = { kind: "node", type: "prior/onnx", params: { model: "prior" } };
const number = (value: number): Feed => ({ kind: "number", value });
const node = (type: string, params: Readonly<Record<string, unknown>> = {}): Feed => ({
  kind: "node",
  type,
  params,
});
const ddpm = (steps: number) => node("schedule/ddpm-uniform", { steps });
const poly = (steps: number) => node("schedule/poly", { steps, sigmaMax: 10, sigmaMin: 0.05 });

/** A disc with a wave on it, different in every channel; values in [-1, 1]. */
function picture(channels: number, size: number): TensorData {
  const data = Float32Array.from({ length: channels * size * size }, (_, i) => {
    const [c, y, x] = [Math.floor(i / size ** 2), Math.floor(i / size) % size, i % size];
    const inside = Math.hypot(y - 0.45 * size, x - 0.55 * size) < 0.3 * size;
    return (inside ? 0.6 : -0.7) + 0.25 * Math.sin(0.35 * x + 0.2 * y + c);
  });
  return float32(data, [1, channels, size, size]);
}

interface Problem {
  readonly task: string;
  readonly size: number;
  readonly feeds: Readonly<Record<string, Feed>>;
  /** Default: the 1-channel network. */
  readonly color?: boolean;
}

/** A shipped sampler on a shipped task, with a small network and a small picture. */
export function samplerCase(sampler: string, { task, size, feeds, color }: Problem): GraphCase {
  return {
    name: `${sampler}, ${task}`,
    document: documentIn(`graphs/samplers/${sampler}.json`),
    task: documentIn(`graphs/tasks/${task}.json`),
    feeds: {
      image: { kind: "tensor", data: picture(color === true ? 3 : 1, size) },
      prior: onnxPrior,
      ...feeds,
    },
    models: color === true ? rgb : gray,
  };
}

/** The picture that a sampler case is about. */
export function pictureOf({ feeds }: GraphCase): TensorData {
  const image = feeds["image"];
  if (image?.kind !== "tensor") throw new Error("the case has no picture");
  return image.data;
}

/** DPS-MO on the three families of operators: a mask, block averages, a blur. */
export const dpsMoCases: readonly GraphCase[] = [
  "box-inpainting-28",
  "super-resolution-x4-28",
  "gaussian-deblurring-28",
].map((task) =>
  samplerCase("dps-mo", { task, size: 28, feeds: { schedule: poly(5), innerSteps: number(4) } }),
);

/** Gradients through the network; the larger one is asked on fewer pixels. */
export const gradientCases: readonly GraphCase[] = [
  samplerCase("dps", { task: "box-inpainting-28", size: 28, feeds: { schedule: ddpm(4) } }),
  samplerCase("dps", {
    task: "super-resolution-x4-28",
    size: 16,
    feeds: { schedule: ddpm(4) },
    color: true,
  }),
  samplerCase("pigdm", { task: "box-inpainting-28", size: 28, feeds: { schedule: ddpm(4) } }),
  samplerCase("pigdm", {
    task: "super-resolution-x4-28",
    size: 16,
    feeds: { schedule: ddpm(4) },
    color: true,
  }),
];

/** Without a gradient through the network. */
export const otherSamplerCases: readonly GraphCase[] = [
  samplerCase("reddiff", { task: "box-inpainting-28", size: 28, feeds: { schedule: ddpm(5) } }),
  samplerCase("ddnm", {
    task: "super-resolution-x4-28",
    size: 28,
    feeds: { schedule: ddpm(5), travelRepeats: number(2) },
  }),
  samplerCase("projdiff-svd", {
    task: "box-inpainting-28",
    size: 28,
    feeds: { schedule: ddpm(5) },
  }),
];

export const toyCases: readonly GraphCase[] = [toyGraph, functionsGraph];

/** A golden case, ready to run on any host: the authors' draws, and the wires they recorded. */
export function goldenCase(id: string): {
  readonly prepared: PreparedCase;
  readonly graphCase: GraphCase;
} {
  const folder = at("test/golden/dev");
  const golden = readManifest(folder).find((one) => one.id === id);
  if (golden === undefined) throw new Error(`there is no golden case ${id}`);
  const prepared = prepareCase(folder, golden);
  return {
    prepared,
    graphCase: {
      name: `${id}, the authors' trajectory`,
      document: prepared.graph,
      task: prepared.task.task,
      feeds: {},
      ...assetsOf(prepared),
      tape: prepared.tape,
      probes: probesOf(prepared),
    },
  };
}

/** 100 levels on a picture of 8x8 pixels: what leaks does so visibly. */
export const longCase: GraphCase = {
  ...samplerCase("dps-mo", {
    task: "super-resolution-x4-28",
    size: 8,
    feeds: { schedule: poly(100), innerSteps: number(2) },
  }),
  name: "dps-mo, 100 levels",
};
