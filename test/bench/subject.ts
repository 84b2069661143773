import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { registry } from "../../nodes/index.ts";
import { compile, type Compiled } from "../../runtime/compile/compile.ts";
import type { Feed } from "../../runtime/compile/slots.ts";
import type { ModelAsset } from "../../runtime/graph/define-node.ts";
import type { Document } from "../../runtime/graph/document.ts";
import { readDocument } from "../../runtime/graph/read.ts";
import type { Shape, TensorData } from "../../runtime/tensor/tensor.ts";
import { sizeOf } from "../../runtime/tensor/tensor.ts";

export const root = path.resolve(import.meta.dirname, "../..");

/** The priors that ship, by name. */
export type PriorName = "fashion28" | "photo64";

/** A prior's file and card out of the folder of models. */
export function loadPrior(folder: string, name: PriorName): ModelAsset {
  const bytes = readFileSync(path.join(folder, `${name}.onnx`));
  const card: unknown = JSON.parse(readFileSync(path.join(folder, `${name}.json`), "utf8"));
  return { name, bytes, card, sha256: createHash("sha256").update(bytes).digest("hex") };
}

/** A graph file of the project. */
export function readGraph(file: string): Document {
  const { document, issues } = readDocument(readFileSync(path.join(root, file), "utf8"));
  if (document === null) throw new Error(issues.map(({ message }) => message).join("\n"));
  return document;
}

export const numberFeed = (value: number): Feed => ({ kind: "number", value });

export const nodeFeed = (type: string, params: Readonly<Record<string, unknown>> = {}): Feed => ({
  kind: "node",
  type,
  params,
});

/** A smooth picture in [-1,1]: what is timed does not depend on what it shows. */
export function syntheticImage(shape: Shape): TensorData {
  const width = shape.at(-1) ?? 1;
  const data = Float32Array.from(
    { length: sizeOf(shape) },
    (_, i) => Math.sin(i / width / 9) * Math.cos((i % width) / 7),
  );
  return { dtype: "float32", shape, data };
}

/** What one DPS-MO run of a bench is. */
export interface DpsMo {
  readonly model: ModelAsset;
  /** [1, C, H, W]. */
  readonly image: TensorData;
  readonly operator: Feed;
  /** Levels of the schedule: outer iterations, and network evaluations. */
  readonly levels: number;
  readonly innerSteps: number;
}

/** The shipped DPS-MO graph on a box task, with another operator, picture and number of steps. */
export function compileDpsMo({ model, image, operator, levels, innerSteps }: DpsMo): Compiled {
  return compile({
    document: readGraph("graphs/samplers/dps-mo.json"),
    task: readGraph("graphs/tasks/box-inpainting-64.json"),
    batch: 1,
    registry,
    feeds: {
      image: { kind: "tensor", data: image },
      operator,
      prior: nodeFeed("prior/onnx", { model: model.name }),
      schedule: nodeFeed("schedule/poly", { steps: levels, sigmaMax: 10, sigmaMin: 0.05 }),
      innerSteps: numberFeed(innerSteps),
    },
    assets: { tensors: new Map(), models: new Map([[model.name, model]]) },
  });
}
