import { InferenceSession, Tensor } from "onnxruntime-node";
import type { Program } from "../../runtime/ir/program.ts";
import { writeModel } from "../../runtime/onnx/write-model.ts";
import type { TensorData } from "../../runtime/tensor/tensor.ts";

/** A program loaded into onnxruntime on the cpu. */
export interface OpenProgram {
  /** One tensor an input, in order; one an output comes back. */
  run(inputs: readonly TensorData[]): Promise<TensorData[]>;
  release(): Promise<void>;
}

export async function openProgram(
  program: Program,
  options: InferenceSession.SessionOptions = {},
): Promise<OpenProgram> {
  const inputNames = program.inputs.map((_, i) => `in${i}`);
  const outputNames = program.outputs.map((_, i) => `out${i}`);
  const bytes = writeModel(program, { inputNames, outputNames });
  const session = await InferenceSession.create(bytes, { logSeverityLevel: 3, ...options });
  return {
    release: () => session.release(),
    run: async (inputs) => {
      const feeds = Object.fromEntries(
        inputs.map((input, i) => [inputNames[i] ?? "", toTensor(input)]),
      );
      const results = await session.run(feeds);
      return program.outputs.map(({ dtype, shape }, i) =>
        fromTensor(results[outputNames[i] ?? ""], { dtype, shape }),
      );
    },
  };
}

function toTensor({ dtype, data, shape }: TensorData): Tensor {
  return new Tensor(dtype, data, shape);
}

function fromTensor(
  tensor: Tensor | undefined,
  { dtype, shape }: Pick<TensorData, "dtype" | "shape">,
): TensorData {
  if (tensor === undefined) throw new Error("internal: onnxruntime returned no such output");
  if (tensor.dims.join() !== shape.join())
    throw new Error(
      `internal: inferred shape [${shape.join(",")}], onnxruntime made [${tensor.dims.join(",")}]`,
    );
  return { dtype, shape, data: tensor.data } as TensorData;
}
