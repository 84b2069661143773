import type { ModelSignature } from "../../runtime/onnx/signature.ts";
import { predictions, type PartialParametrisation } from "./parametrisation.ts";

/**
 * What the names of a network's inputs and outputs leave no doubt about: an output called after
 * what it is, and an input `sigma`, which only a process x₀ + σn is told.
 */
export function inferred({ inputs, outputs }: ModelSignature): PartialParametrisation {
  const told = inputs.some(({ name }) => name === "sigma");
  const predicts = predictions.find((word) => outputs.some(({ name }) => name === word));
  return {
    ...(predicts === undefined ? {} : { predicts }),
    ...(told ? { process: "ve" as const, conditioning: "sigma" as const } : {}),
  };
}
