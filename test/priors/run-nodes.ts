import { compile } from "../../runtime/compile/compile.ts";
import { createNodeBackend } from "../../runtime/execute/ort-node.ts";
import { philoxNoise } from "../../runtime/execute/noise/philox-noise.ts";
import { run } from "../../runtime/execute/run.ts";
import type { Document } from "../../runtime/graph/document.ts";
import { createRegistry, type AnyNode, type ModelAsset } from "../../runtime/graph/define-node.ts";
import type { TensorData } from "../../runtime/tensor/tensor.ts";
import { nodes as shipped } from "../../nodes/index.ts";
import { denoise } from "../../nodes/prior/denoise.ts";
import { mse } from "../../nodes/metric/mse.ts";
import { psnr } from "../../nodes/metric/psnr.ts";
import { residual } from "../../nodes/metric/residual.ts";
import { ssim } from "../../nodes/metric/ssim.ts";
import { onnxPrior } from "../../nodes/prior/onnx.ts";

const tested: readonly AnyNode[] = [denoise, onnxPrior, mse, psnr, ssim, residual];

/** `first`, and of all other nodes those that it does not hold. */
function withShipped(first: readonly AnyNode[]): readonly AnyNode[] {
  const types = new Set(first.map(({ type }) => type));
  return [...first, ...shipped.filter(({ type }) => !types.has(type))];
}

export interface GraphRun {
  readonly graph: object;
  readonly outputs: Readonly<Record<string, string>>;
  readonly feeds?: Readonly<Record<string, TensorData>>;
  readonly models?: Readonly<Record<string, ModelAsset>>;
  readonly tensors?: Readonly<Record<string, TensorData>>;
  readonly batch?: number;
  /** Beside the nodes that this folder tests. */
  readonly more?: readonly AnyNode[];
}

export interface GraphResult {
  readonly outputs: Readonly<Record<string, readonly number[]>>;
  readonly nfe: number;
}

const chosen = createNodeBackend("cpu", { threads: 1 });

/** Compiles and runs a small graph on the cpu; a device scalar comes as one number a sample. */
export async function runGraph(request: GraphRun): Promise<GraphResult> {
  const { graph, outputs, feeds = {}, models = {}, tensors = {}, batch = 1, more = [] } = request;
  const inputs = Object.fromEntries(Object.keys(feeds).map((name) => [name, { kind: "signal" }]));
  const document = { denoodle: 1, name: "t", inputs, graph, outputs, blocks: {} };
  const compiled = compile({
    document: document as unknown as Document,
    feeds: Object.fromEntries(
      Object.entries(feeds).map(([name, data]) => [name, { kind: "tensor" as const, data }]),
    ),
    batch,
    registry: createRegistry(withShipped([...tested, ...more])),
    assets: { tensors: new Map(Object.entries(tensors)), models: new Map(Object.entries(models)) },
  });
  const { backend } = await chosen;
  for await (const event of run(compiled, {
    backend,
    noise: philoxNoise(1),
    seed: 1,
    clock: () => 0,
  }))
    if (event.type === "done") return { outputs: numbersOf(event.outputs), nfe: event.nfe };
  throw new Error("the run did not end");
}

function numbersOf(outputs: Readonly<Record<string, unknown>>): Record<string, readonly number[]> {
  return Object.fromEntries(
    Object.entries(outputs).map(([name, value]) => [
      name,
      typeof value === "number"
        ? [value]
        : Array.from((value as { data: ArrayLike<number> }).data, Number),
    ]),
  );
}
