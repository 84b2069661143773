import { issueError, type IssueError } from "../base/issue.ts";
import { asPicture } from "./picture.ts";
import { float32, type TensorData } from "./tensor.ts";

/**
 * An array as a picture float32 [1, C, H, W], as it is, whatever its range.
 *
 * @param wanted channels that it must have.
 * @throws IssueError `file.npy`, `file.not-finite`, located at the path.
 */
export function pictureFromNpy(tensor: TensorData, path: string, wanted?: 1 | 3): TensorData {
  const values = tensor.dtype === "float64" ? Float32Array.from(tensor.data) : tensor.data;
  if (!(values instanceof Float32Array))
    throw refuse(
      "file.npy",
      `The array is ${tensor.dtype}; an image is float32 or float64.`,
      path,
      "Scale it to [-1, 1] and save it as float32.",
    );
  const shape = tensor.shape.length === 2 ? [1, ...tensor.shape] : tensor.shape;
  const picture = asPicture(float32(values, shape));
  if (typeof picture === "string") {
    const code = values.every(Number.isFinite) ? "file.npy" : "file.not-finite";
    throw refuse(code, `The array ${picture}.`, path);
  }
  const got = [1, picture.channels, picture.height, picture.width];
  if (wanted !== undefined && wanted !== picture.channels)
    throw refuse(
      "file.npy",
      `The array is an image of ${picture.channels} channels, but ${wanted} are needed.`,
      path,
      "A .npy image is never converted.",
    );
  return float32(picture.values, got);
}

function refuse(code: string, message: string, path: string, fix?: string): IssueError {
  return issueError(code, message, { path: [path] }, fix === undefined ? {} : { fix });
}
