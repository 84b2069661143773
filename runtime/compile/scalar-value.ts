import type { Scalar } from "../graph/values.ts";
import type { Value } from "../ir/primitives.ts";
import { newValue } from "../ir/program.ts";
import { constantHost, type Host } from "../trace/host.ts";
import { reshape } from "../trace/math.ts";
import type { Region } from "./region.ts";

/** A host scalar as the rank-0 value that stands for it; a device scalar [batch] as [batch, 1, …]. */
export function scalarValue(
  region: Region,
  given: Scalar | Host<number> | number,
  rank = 0,
): Value {
  if (typeof given === "number") return scalarValue(region, constantHost(given));
  if ("on" in given)
    return given.on === "host"
      ? scalarValue(region, given.host)
      : deviceScalar(region, given.value, rank);
  const known = region.hostScalars.get(given);
  if (known !== undefined) return known;
  if (given.known !== undefined)
    return region.recorder.constant({
      dtype: "float32",
      shape: [],
      data: Float32Array.of(given.known.value),
    });
  const value = newValue({ dtype: "float32", shape: [] });
  region.hostScalars.set(given, value);
  return value;
}

function deviceScalar(region: Region, value: Value, rank: number): Value {
  if (rank <= 1) return value;
  return reshape(region.recorder, value, [region.batch, ...Array<number>(rank - 1).fill(1)]);
}
