import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import { sizeOf } from "../../runtime/tensor/tensor.ts";
import { constantHost } from "../../runtime/trace/host.ts";
import { boundOperator } from "../space.ts";

export const properties = defineNode({
  type: "operator/properties",
  v: 1,
  title: "Operator properties",
  summary:
    "Numbers about an operator: the largest eigenvalue of AᵀA (of the Jacobian's, where it is not linear), how many measured values carry information, and how many a signal and a measurement hold.",
  formula: "L = \\lambda_{\\max}(A^{\\top}A)",
  source: "Denoodle",
  params: z.strictObject({}),
  scalars: z.strictObject({}),
  inputs: { operator: port.operator() },
  outputs: {
    lipschitz: port.scalar(),
    observed: port.scalar(),
    signalSize: port.scalar(),
    measurementSize: port.scalar(),
  },
  build({ inputs: { operator } }) {
    const bound = boundOperator(operator);
    const known = (value: number) => ({ on: "host", host: constantHost(value) }) as const;
    return {
      lipschitz: known(bound.lipschitz),
      observed: known(bound.observedCount ?? sizeOf(bound.measurement)),
      signalSize: known(sizeOf(bound.signal)),
      measurementSize: known(sizeOf(bound.measurement)),
    };
  },
});
