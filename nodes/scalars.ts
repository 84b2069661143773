import type { BuildContext } from "../runtime/graph/define-node.ts";
import type { Scalar } from "../runtime/graph/values.ts";
import type { Host } from "../runtime/trace/host.ts";

/** A scalar as a host number; one on the device is read back, which waits for the device. */
export function hostNumber(ctx: BuildContext, scalar: Scalar): Host<number> {
  return scalar.on === "host" ? scalar.host : ctx.readBack(scalar.value);
}
