import { describe, expect, test } from "vitest";
import { evaluate, operatorOf, pictureOf } from "../../test/support/evaluate.ts";
import { float32 } from "../../runtime/tensor/tensor.ts";
import { constantHost } from "../../runtime/trace/host.ts";
import { mul, number } from "../../runtime/trace/math.ts";
import { hdr } from "./hdr.ts";
import { phase } from "./phase.ts";

const onHost = (value: number) => ({ on: "host", host: constantHost(value) }) as const;
const row = (...values: number[]) => float32(values, [1, 1, 1, values.length]);

describe("operator/hdr", () => {
  const operator = operatorOf(hdr, {}, [1, 1, 5]);

  test("has the gain for derivative up to where it begins to clip, that point included", async () => {
    const [gradient] = await evaluate(
      [row(-0.75, -0.5, 0.25, 0.5, 0.5001), row(1, 1, 1, 1, 1)],
      (emit, [x, r]) => [operator.vjp!(emit, x!, r!)],
    );
    expect(gradient).toEqual(Float32Array.of(0, 2, 2, 2, 0));
  });

  // Saturated and wrong, saturated and right, believed, between 1/2 and 1, below 1/2.
  const x = row(0.25, 0.75, 0.875, 0.875, 0.875);
  const y = row(1, 1, -0.25, 0.75, 0.25);
  test.each([
    [1, [0.5, 0.75, -0.125, 0.375, 0.125]],
    [0.9, [0.5, 0.75, -0.125, 0.875, 0.125]],
  ])("projects as the authors do for a measurement scaled by %d", async (scale, expected) => {
    const given = float32([scale], [1, 1, 1, 1]);
    const [host, device] = await evaluate([x, y, given], (emit, [u, v, s]) => [
      operator.project!(emit, u!, v!, onHost(scale)),
      operator.project!(emit, u!, v!, { on: "device", value: s! }),
    ]);
    expect(host).toEqual(Float32Array.from(expected));
    expect(device).toEqual(host);
  });
});

describe.each(["[0,1]", "[-1,1]"])("operator/phase-retrieval with range %s", (range) => {
  const signal = [2, 12, 8];
  const operator = operatorOf(phase, { range }, signal);
  const x = pictureOf(signal, 0.9);

  test.each([1, 0.7])("leaves what explains the measurement, scaled by %d", async (scale) => {
    const [state, projected] = await evaluate([x], (emit, [u]) => {
      const scaled = mul(emit, u!, number(emit, u!, scale));
      return [scaled, operator.project!(emit, scaled, operator.apply(emit, u!), onHost(scale))];
    });
    projected!.forEach((v, i) => expect(v).toBeCloseTo(state![i]!, 4));
  });

  test("brings what does not nearer to the measurement", async () => {
    const other = float32(
      (x.data as Float32Array).map((v, i) => v + Math.sin(i) / 4),
      x.shape,
    );
    const [y, before, after] = await evaluate([x, other], (emit, [u, v]) => {
      const measured = operator.apply(emit, u!);
      const moved = operator.project!(emit, v!, measured, onHost(1));
      return [measured, operator.apply(emit, v!), operator.apply(emit, moved)];
    });
    const distance = (a: Float32Array) => Math.hypot(...a.map((v, i) => v - y![i]!));
    expect(distance(after!)).toBeLessThan(0.9 * distance(before!));
  });

  test("inverts crudely to what black or grey padding and a zero phase give", async () => {
    // One bright pixel in the middle has a spectrum of equal magnitudes and no phase.
    const dark = range === "[0,1]" ? -1 : 0;
    const data = new Float32Array(2 * 12 * 8).fill(dark);
    data[6 * 8 + 4] = 1;
    data[12 * 8 + 6 * 8 + 4] = 0.5;
    const [back] = await evaluate([float32(data, [1, ...signal])], (emit, [u]) => [
      operator.projector!(emit, u!),
    ]);
    back!.forEach((v, i) => expect(v).toBeCloseTo(data[i]!, 5));
  });
});
