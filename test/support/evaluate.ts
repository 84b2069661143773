import { openOn } from "../../cli/commands/operator-check/written.ts";
import { createNodeBackend } from "../../runtime/execute/ort-node.ts";
import type { AnyNode } from "../../runtime/graph/define-node.ts";
import type { Operator, OperatorEmit, OperatorValue } from "../../runtime/graph/values.ts";
import type { Value } from "../../runtime/ir/primitives.ts";
import { float32, type Shape, type TensorData } from "../../runtime/tensor/tensor.ts";

let chosen: ReturnType<typeof createNodeBackend> | undefined;

/** What `write` records on these tensors, computed on the cpu. */
export async function evaluate(
  tensors: readonly TensorData[],
  write: (emit: OperatorEmit, values: readonly Value[]) => readonly Value[],
): Promise<readonly Float32Array[]> {
  chosen ??= createNodeBackend("cpu", { threads: 1 });
  const { backend } = await chosen;
  const written = await openOn(backend)(
    tensors.map(({ shape }) => shape),
    write,
  );
  const outputs = await written.run(tensors);
  await written.close();
  return outputs;
}

/** The operator that a node without inputs makes, for signals of this shape. */
export function operatorOf(node: AnyNode, params: object, signal: Shape): Operator {
  const made = node.build({
    params: node.params.parse(params) as never,
    scalars: {} as never,
    inputs: {} as never,
    ctx: {} as never,
  });
  const value = made["operator"] as OperatorValue;
  return value.bound ? value.operator : value.family.bind(signal);
}

/** One sample of smooth and rough parts in [-limit, limit]. */
export function pictureOf(shape: Shape, limit = 1): TensorData {
  const [, , , width = 1] = [1, ...shape];
  let state = 1;
  const data = Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => {
    state = (Math.imul(1664525, state) + 1013904223) >>> 0;
    const smooth = Math.sin(i / (3 * width)) * Math.cos((i % width) / 4);
    return limit * Math.max(-1, Math.min(1, 0.7 * smooth + 0.3 * (state / 2 ** 31 - 1)));
  });
  return float32(data, [1, ...shape]);
}
