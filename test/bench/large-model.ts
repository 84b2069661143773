import type { Value } from "../../runtime/ir/primitives.ts";
import { writeModel } from "../../runtime/onnx/write-model.ts";
import { float32, sizeOf, type Shape } from "../../runtime/tensor/tensor.ts";
import { add, concat, mul } from "../../runtime/trace/math.ts";
import { createRecorder, type Recorder } from "../../runtime/trace/recorder.ts";

/**
 * A U-Net of about so many million parameters, input `x` [1,3,16,16]: wide blocks at 8x8, so that
 * it is large and a run is quick. Its weights are no training's: only its size and structure count.
 */
export function largeModel(millions: number): {
  readonly bytes: Uint8Array;
  readonly parameters: number;
} {
  const writing: Writing = { recorder: createRecorder(), parameters: 0 };
  const { recorder } = writing;
  const width = Math.max(8, 8 * Math.round((768 * Math.sqrt(millions / 94)) / 8));
  const x = recorder.input({ dtype: "float32", shape: [1, 3, 16, 16] });
  const stem = block(writing, conv(writing, x, width / 4), 2);
  const down = conv(writing, stem, width, 2);
  const middle = block(writing, block(writing, block(writing, down, 2), 2), 2);
  const skipped = block(writing, conv(writing, concat(recorder, [middle, down], 1), width), 2);
  const deep = block(writing, block(writing, block(writing, skipped, 2), 2), 2);
  const up = recorder.op("Expand", [reshaped(recorder, deep, [1, width, 8, 1, 8, 1])], {
    shape: [1, width, 8, 2, 8, 2],
  });
  const joined = concat(recorder, [reshaped(recorder, up, [1, width, 16, 16]), stem], 1);
  const out = conv(writing, block(writing, conv(writing, joined, width / 4), 2), 3);
  const bytes = writeModel(recorder.finish([out]), { inputNames: ["x"], outputNames: ["x0"] });
  return { bytes, parameters: writing.parameters };
}

interface Writing {
  readonly recorder: Recorder;
  parameters: number;
}

/** x + so many normalised, activated convolutions of x. */
function block(writing: Writing, x: Value, convolutions: number): Value {
  const channels = x.shape[1] ?? 1;
  let h = x;
  for (let i = 0; i < convolutions; i += 1)
    h = conv(writing, silu(writing.recorder, normalised(writing, h)), channels);
  return add(writing.recorder, x, h);
}

function silu(recorder: Recorder, x: Value): Value {
  return mul(recorder, x, recorder.op("Sigmoid", [x], {}));
}

function normalised({ recorder }: Writing, x: Value): Value {
  const channels = x.shape[1] ?? 1;
  const one = recorder.constant(float32(new Float32Array(channels).fill(1), [channels]));
  const zero = recorder.constant(float32(new Float32Array(channels), [channels]));
  return recorder.op("InstanceNormalization", [x, one, zero], { epsilon: 1e-5 });
}

function conv(writing: Writing, x: Value, channels: number, stride = 1): Value {
  const shape = [channels, x.shape[1] ?? 1, 3, 3];
  const weight = writing.recorder.constant(float32(weights(shape), shape));
  writing.parameters += sizeOf(shape);
  return writing.recorder.op("Conv", [x, weight, null], {
    strides: [stride, stride],
    dilations: [1, 1],
    pads: [1, 1, 1, 1],
    group: 1,
  });
}

/** Numbers of mean 0 and the spread that keeps a convolution's output at its input's size. */
function weights(shape: Shape): Float32Array {
  const inputs = sizeOf(shape.slice(1));
  const values = new Float32Array(sizeOf(shape));
  let state = 1;
  for (let i = 0; i < values.length; i += 1) {
    state = (Math.imul(1664525, state) + 1013904223) >>> 0;
    values[i] = (state / 2 ** 31 - 1) * Math.sqrt(3 / inputs);
  }
  return values;
}

const reshaped = (recorder: Recorder, x: Value, shape: Shape) =>
  recorder.op("Reshape", [x], { shape });
