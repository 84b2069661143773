import { describe, expect, test } from "vitest";
import type { Program } from "../ir/program.ts";
import { float32, type TensorData } from "../tensor/tensor.ts";
import { mul } from "../trace/math.ts";
import { createRecorder } from "../trace/recorder.ts";
import { contentKey, nameConstants } from "./content-key.ts";

function scaled(weights: TensorData): Program {
  const recorder = createRecorder();
  const x = recorder.input({ dtype: "float32", shape: weights.shape });
  return recorder.finish([mul(recorder, x, recorder.constant(weights))]);
}

const weights = (value: number) => float32(new Float32Array(1000).fill(value), [1000]);

describe(contentKey, () => {
  test("is one for programs of one text and equal constants", () => {
    expect(contentKey(scaled(weights(1)))).toBe(contentKey(scaled(weights(1))));
  });

  test("tells constants apart by what they hold", () => {
    expect(contentKey(scaled(weights(1)))).not.toBe(contentKey(scaled(weights(2))));
  });

  test("tells one array's shapes apart", () => {
    const flat = weights(1);
    expect(contentKey(scaled(flat))).not.toBe(contentKey(scaled({ ...flat, shape: [10, 100] })));
  });
});

describe(nameConstants, () => {
  test("lets a name stand for the contents", () => {
    const [a, b, other] = [scaled(weights(1)), scaled(weights(1)), scaled(weights(1))];
    nameConstants(a, "network 1");
    nameConstants(b, "network 1");
    nameConstants(other, "network 2");
    expect(contentKey(a)).toBe(contentKey(b));
    expect(contentKey(other)).not.toBe(contentKey(a));
  });

  test("keeps the first name of an array that two networks share", () => {
    const shared = weights(1);
    nameConstants(scaled(shared), "network 1");
    const key = contentKey(scaled(shared));
    nameConstants(scaled(shared), "network 2");
    expect(contentKey(scaled(shared))).toBe(key);
  });
});
