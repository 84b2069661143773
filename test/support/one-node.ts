import { expect, test } from "vitest";
import type { TensorData } from "../../runtime/tensor/tensor.ts";
import { buildModel, type TestAttribute } from "./build-model.ts";
import { roundTripDifference, type Tensors } from "./round-trip.ts";

/** A model of one node. Its inputs are the feeds, then the weights, unless `in` says otherwise. */
export interface OneNode {
  readonly op: string;
  readonly opset: number;
  readonly domain?: string;
  readonly note?: string;
  readonly feeds: Tensors;
  readonly weights?: Readonly<Record<string, TensorData>>;
  readonly in?: readonly string[];
  /** `out` where left out; `name:dtype` for other types than float32; "" for an output left out. */
  readonly out?: readonly string[];
  readonly at?: Readonly<Record<string, TestAttribute>>;
}

export function oneNodeModel({
  op,
  opset,
  domain = "",
  feeds,
  weights = {},
  in: input,
  out = ["out"],
  at = {},
}: OneNode): Uint8Array {
  const names = input ?? [...Object.keys(feeds), ...Object.keys(weights)];
  return buildModel({
    opset,
    inputs: Object.fromEntries(
      Object.entries(feeds).map(([name, { dtype, shape }]) => [name, { dtype, dims: shape }]),
    ),
    weights,
    nodes: [{ op, domain, in: names, out: out.map((spec) => spec.split(":")[0] ?? ""), at }],
    outputs: out.filter((spec) => spec !== ""),
    ...(domain === "" ? {} : { domains: { [domain]: 1 } }),
  });
}

/** One test a case: the rewritten model computes what the original one does, within `tolerance`. */
export function testOneNode(cases: readonly OneNode[], tolerance = 2e-6): void {
  for (const one of cases)
    test(`${one.op} of opset ${one.opset}${one.note === undefined ? "" : `: ${one.note}`}`, async () => {
      const { largest, detail } = await roundTripDifference(oneNodeModel(one), one.feeds);
      expect(largest, detail).toBeLessThanOrEqual(tolerance);
    });
}
