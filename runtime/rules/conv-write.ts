import type { Inputs, Params, Value } from "../ir/primitives.ts";
import type { Emit } from "../ir/program.ts";
import { padOrCrop } from "./write.ts";

/**
 * A convolution that every backend computes rightly.
 *
 * onnxruntime 1.30 on webgpu gives wrong values for a kernel larger than 1, one group, input channels that 3
 * divides but 4 does not (6, 9, 15, …), and output channels that 4 divides; zero channels are added to those.
 */
export function convolve(emit: Emit, inputs: Inputs<"Conv">, params: Params<"Conv">): Value {
  return convolveRightly(emit, inputs, params) ?? emit.op("Conv", inputs, params);
}

/** The same where it takes more than the one equation, else `null`. */
export function convolveRightly(
  emit: Emit,
  inputs: Inputs<"Conv">,
  params: Params<"Conv">,
): Value | null {
  const [x, w, bias] = inputs;
  const [outputs = 1, channels = 1, ...kernel] = w.shape;
  const wrong =
    params.group === 1 &&
    kernel.some((k) => k > 1) &&
    channels > 3 &&
    channels % 3 === 0 &&
    channels % 4 !== 0 &&
    outputs % 4 === 0;
  if (!wrong) return null;
  const missing = 4 - (channels % 4);
  const widen = (value: Value) =>
    padOrCrop(
      emit,
      value,
      value.shape.map(() => 0),
      value.shape.map((_, i) => (i === 1 ? missing : 0)),
    );
  return emit.op("Conv", [widen(x), widen(w), bias], params);
}
