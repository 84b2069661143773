import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { tinyModel } from "../../support/tiny-models.ts";

const size = 512;

/**
 * Writes slow.onnx with its card: a denoiser of [1,1,512,512] that answers what it was asked after
 * a chain of matrix products, of 0.27 GFLOP each. One call blocks its process for its whole length.
 */
export function writeSlowModel(folder: string, products: number): void {
  const type = [1, 1, size, size] as const;
  const names = Array.from({ length: products + 1 }, (_, i) => (i === 0 ? "x" : `h${i}`));
  const chain = names.slice(0, -1).flatMap((from, i) => {
    const [product, to] = [`p${i}`, names[i + 1] ?? ""];
    return [
      ["MatMul", [from, from], [product]],
      ["Tanh", [product], [to]],
    ] as const;
  });
  const last = names.at(-1) ?? "x";
  const model = tinyModel({
    inputs: [
      ["x", "float32", type],
      ["sigma", "float32", [1]],
    ],
    outputs: [["x0", "float32", type]],
    nodes: [...chain, ["Sub", [last, last], ["zero"]], ["Add", ["x", "zero"], ["x0"]]],
  });
  writeFileSync(join(folder, "slow.onnx"), model);
}

export const slowShape = [1, 1, size, size] as const;
