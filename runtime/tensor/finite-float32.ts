import { issueError } from "../base/issue.ts";
import type { TensorData } from "./tensor.ts";

/**
 * The tensor as float32 (float64 is rounded).
 *
 * @throws IssueError `file.npy` for other element types, `file.not-finite` for NaN and infinities.
 */
export function finiteFloat32(tensor: TensorData, path: string): TensorData {
  const { dtype, shape } = tensor;
  if (dtype !== "float32" && dtype !== "float64")
    throw issueError(
      "file.npy",
      `The array is ${dtype}; float32 and float64 are taken.`,
      { path: [path] },
      { fix: "Convert it with .astype('float32') before saving." },
    );
  const bad = tensor.data.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0)
    throw issueError("file.not-finite", `The array holds ${tensor.data[bad]} at element ${bad}.`, {
      path: [path],
    });
  return dtype === "float32"
    ? tensor
    : { dtype: "float32", shape, data: Float32Array.from(tensor.data) };
}
