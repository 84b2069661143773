import { describe, expect, test } from "vitest";
import { evaluate, operatorOf, pictureOf } from "../../test/support/evaluate.ts";
import { float32 } from "../../runtime/tensor/tensor.ts";
import { nonlinearBlur } from "./nonlinear-blur.ts";
import { shakeKernels } from "./kernel/shake-kernels.ts";

const signal = [3, 24, 20];
const blurred = async (params: object, x = pictureOf(signal)) => {
  const operator = operatorOf(nonlinearBlur, params, signal);
  const [y] = await evaluate([x], (emit, [u]) => [operator.apply(emit, u!)]);
  return y!;
};
const distance = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Math.sqrt(Array.from(a).reduce((sum, v, i) => sum + (v - b[i]!) ** 2, 0) / a.length);

describe("operator/nonlinear-blur", () => {
  test("is the same for the same seed, and another for another", async () => {
    const y = await blurred({ seed: 4 });
    expect(await blurred({ seed: 4 })).toEqual(y);
    expect(distance(await blurred({ seed: 5 }), y)).toBeGreaterThan(0.01);
    expect(distance(y, pictureOf(signal).data as Float32Array)).toBeGreaterThan(0.05);
  });

  test("leaves a flat picture, black, grey or white", async () => {
    for (const value of [-1, -0.3, 1]) {
      const flat = float32(new Float32Array(3 * 24 * 20).fill(value), [1, ...signal]);
      (await blurred({}, flat)).forEach((v) => expect(v).toBeCloseTo(value, 4));
    }
  });

  test("mixes light and not values: what is half black and half white comes out brighter than grey", async () => {
    const checks = Float32Array.from({ length: 3 * 24 * 20 }, (_, i) => {
      const [row, column] = [Math.floor(i / 20) % 24, i % 20];
      return (row + column) % 2 === 0 ? -1 : 1;
    });
    const x = float32(checks, [1, ...signal]);
    const mean = (v: Float32Array) => v.reduce((a, b) => a + b, 0) / v.length;
    expect(mean(await blurred({ radius: 8 }, x))).toBeGreaterThan(0.3);
    expect(mean(await blurred({ radius: 8, gamma: 1 }, x))).toBeCloseTo(0, 1);
  });

  test("has the gradient that differences find", async () => {
    const operator = operatorOf(nonlinearBlur, {}, signal);
    const x = pictureOf(signal, 0.9);
    const [u, r] = [0.3, 0.7].map((f) =>
      float32(
        (x.data as Float32Array).map((_, i) => Math.sin(f * i * i)),
        x.shape,
      ),
    );
    const step = 3e-3;
    const moved = (sign: number) =>
      float32(
        (x.data as Float32Array).map((v, i) => v + sign * step * Number(u!.data[i])),
        x.shape,
      );
    const [gradient, plus, minus] = await evaluate(
      [x, r!, moved(1), moved(-1)],
      (emit, [at, cotangent, a, b]) => [
        operator.vjp!(emit, at!, cotangent!),
        operator.apply(emit, a!),
        operator.apply(emit, b!),
      ],
    );
    const dot = (a: ArrayLike<number>, b: ArrayLike<number>) =>
      Array.from(a).reduce((sum, v, i) => sum + v * b[i]!, 0);
    const expected =
      (dot(plus!, r!.data as Float32Array) - dot(minus!, r!.data as Float32Array)) / (2 * step);
    expect(dot(gradient!, u!.data as Float32Array)).toBeCloseTo(expected, 1);
    expect(Math.abs(expected)).toBeGreaterThan(1);
  });
});

describe(shakeKernels.name, () => {
  test("makes kernels of sum 1 whose centre of mass is the middle", () => {
    let state = 0.37;
    const uniform = () => (state = (state * 997) % 1);
    for (const kernel of shakeKernels(5, 11, uniform)) {
      const sum = (weight: (i: number) => number) =>
        kernel.reduce((total, v, i) => total + v * weight(i), 0);
      expect(sum(() => 1)).toBeCloseTo(1, 9);
      expect(sum((i) => Math.floor(i / 11))).toBeCloseTo(5, 1);
      expect(sum((i) => i % 11)).toBeCloseTo(5, 1);
      expect(Math.min(...kernel)).toBeGreaterThanOrEqual(0);
    }
  });
});
