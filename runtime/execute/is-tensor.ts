import type { TensorData } from "../tensor/tensor.ts";
import type { Result } from "./events.ts";

export function isTensor(result: Result | undefined): result is TensorData {
  return typeof result === "object" && "dtype" in result && "data" in result;
}
