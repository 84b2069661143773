import { describe, expect, test } from "vitest";
import { IssueError } from "../../base/issue.ts";
import { writeNpz } from "../../tensor/npz.ts";
import { float32, type TensorData } from "../../tensor/tensor.ts";
import type { NoiseDraw, NoiseSource } from "./noise-source.ts";
import { philoxNoise } from "./philox-noise.ts";
import { readTape } from "./read-tape.ts";
import { tapeNoise } from "./tape-noise.ts";

const ramp = (...shape: number[]): TensorData => {
  const size = shape.reduce((a, b) => a * b, 1);
  return float32(
    Float32Array.from({ length: size }, (_, i) => i),
    shape,
  );
};
const aDraw = (stream: string, shape: readonly number[] = [1, 2, 2], index = 0): NoiseDraw => ({
  stream,
  shape,
  indices: [index],
  samples: Array.from({ length: shape[0] ?? 0 }, (_, i) => i),
});
const refusal = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof IssueError) return error.message;
    throw error;
  }
  return "accepted";
};
const values = (source: NoiseSource, draw: NoiseDraw): number[] => {
  const drawn = source.draw(draw);
  if (!(drawn instanceof Float32Array)) throw new Error("expected an array at once");
  return [...drawn];
};

describe(tapeNoise, () => {
  test("gives the rows of a stream in the order of its draws", () => {
    const source = tapeNoise({ a: ramp(3, 2, 2), b: ramp(2, 1, 2, 2) }, null);
    expect(values(source, aDraw("a"))).toEqual([0, 1, 2, 3]);
    expect(values(source, aDraw("b"))).toEqual([0, 1, 2, 3]);
    expect(values(source, aDraw("a"))).toEqual([4, 5, 6, 7]);
    expect(values(source, aDraw("a"))).toEqual([8, 9, 10, 11]);
    expect(values(source, aDraw("b"))).toEqual([4, 5, 6, 7]);
    expect(source.finish()).toEqual([]);
  });

  test("takes a tensor of the draw's own shape as one draw", () => {
    for (const recorded of [ramp(2, 2), ramp(1, 2, 2), ramp(1, 1, 2, 2)]) {
      const source = tapeNoise({ a: recorded }, null);
      expect(values(source, aDraw("a"))).toEqual([0, 1, 2, 3]);
      expect(source.finish()).toEqual([]);
      expect(refusal(() => source.draw(aDraw("a")))).toContain("holds 1");
    }
  });

  test("takes a list as one tensor a draw, of any shapes", () => {
    const source = tapeNoise({ a: [ramp(2), ramp(3)] }, null);
    expect(values(source, aDraw("a", [1, 2]))).toEqual([0, 1]);
    expect(values(source, aDraw("a", [1, 3]))).toEqual([0, 1, 2]);
  });

  test("feeds a batch from rows that hold the batch", () => {
    const source = tapeNoise({ a: ramp(2, 3, 2) }, null);
    void source.draw(aDraw("a", [3, 2]));
    expect(values(source, aDraw("a", [3, 2]))).toEqual([6, 7, 8, 9, 10, 11]);
  });

  test("names the stream and the draw when it runs out", () => {
    const source = tapeNoise({ a: ramp(2, 2, 2) }, null);
    for (const index of [0, 1]) void source.draw(aDraw("a", [1, 2, 2], index));
    expect(refusal(() => source.draw(aDraw("a", [1, 2, 2], 2)))).toBe(
      `a (iteration 2): Draw 3 of the stream "a" has no row left: the noise tape holds 2. [tape.exhausted]`,
    );
  });

  test("names both shapes when a row does not fit, and consumes nothing", () => {
    const source = tapeNoise({ a: ramp(2, 3) }, null);
    expect(refusal(() => source.draw(aDraw("a")))).toContain(
      "needs shape [1,2,2], but its row on the noise tape has [3]. [tape.shape]",
    );
    expect(values(source, aDraw("a", [1, 3]))).toEqual([0, 1, 2]);
  });

  test("reports rows left over, of streams that were never drawn too", () => {
    const source = tapeNoise({ a: ramp(3, 2, 2), b: ramp(2, 2, 2) }, null);
    void source.draw(aDraw("a"));
    expect(source.finish().map(({ code, message }) => `${message} [${code}]`)).toEqual([
      `The noise tape holds 3 rows for the stream "a", but the run drew 1. [tape.left-over]`,
      `The noise tape holds 2 rows for the stream "b", but the run drew 0. [tape.left-over]`,
    ]);
  });

  test("draws other streams from the fallback, or refuses them", () => {
    const source = tapeNoise({ a: ramp(1, 2, 2) }, philoxNoise(5));
    expect(source.draw(aDraw("b"))).toEqual(philoxNoise(5).draw(aDraw("b")));
    const alone = tapeNoise({ a: ramp(1, 2, 2) }, null);
    expect(refusal(() => alone.draw(aDraw("b")))).toContain(
      "not on the noise tape, which holds a. [tape.missing]",
    );
  });

  test("goes back to a position", () => {
    const source = tapeNoise({ a: ramp(3, 2) }, philoxNoise(5));
    const draw = aDraw("a", [1, 2]);
    void source.draw(draw);
    const position = source.position();
    expect(values(source, draw)).toEqual([2, 3]);
    source.seek(position);
    expect(values(source, draw)).toEqual([2, 3]);
    expect(position).toEqual({ a: 1 });
  });

  test("hands out arrays that the tape does not share", () => {
    const source = tapeNoise({ a: ramp(1, 2) }, null);
    const first = source.draw(aDraw("a", [1, 2]));
    if (first instanceof Float32Array) first.fill(9);
    source.seek({});
    expect(values(source, aDraw("a", [1, 2]))).toEqual([0, 1]);
  });
});

describe(readTape, () => {
  test("names streams by members, and gathers numbered members into a list", () => {
    const members = {
      "anneal/renoise": ramp(2, 2),
      "s#1": ramp(3),
      "s#0": ramp(2),
      "x#y": ramp(1),
    };
    expect(readTape(writeNpz(members))).toEqual({
      "anneal/renoise": ramp(2, 2),
      "x#y": ramp(1),
      s: [ramp(2), ramp(3)],
    });
  });

  test("reads float64 noise", () => {
    const data = Float64Array.of(0.1, 0.2);
    const source = tapeNoise(
      readTape(writeNpz({ a: { dtype: "float64", shape: [1, 2], data } })),
      null,
    );
    expect(source.draw(aDraw("a", [1, 2]))).toEqual(Float32Array.of(0.1, 0.2));
  });

  test("refuses numbers that are not finite, other types and gaps", () => {
    const read = (members: Record<string, TensorData>): string =>
      refusal(() => readTape(writeNpz(members), { path: ["t.npz"] }));
    expect(read({ a: float32([0, Number.NaN], [2]) })).toBe(
      "t.npz.a: The noise holds NaN at element 1. [tape.not-finite]",
    );
    expect(read({ a: { dtype: "int32", shape: [1], data: Int32Array.of(1) } })).toContain(
      "[tape.dtype]",
    );
    expect(read({ "a#0": ramp(1), "a#2": ramp(1) })).toContain("no #1. [tape.name]");
    expect(read({ "a#0": ramp(1), a: ramp(1) })).toContain("[tape.name]");
  });
});
