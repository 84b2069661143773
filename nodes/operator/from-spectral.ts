import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import { boundOperator } from "../space.ts";
import { column } from "./shared/columns.ts";

export const fromSpectral = defineNode({
  type: "operator/from-spectral",
  v: 1,
  title: "From spectral space",
  summary: "The signal with the given coordinates in the operator's right singular basis.",
  formula: "V c",
  source: "Kawar et al. 2022 (DDRM), arXiv:2201.11793",
  params: z.strictObject({}),
  scalars: z.strictObject({}),
  inputs: { operator: port.operator(), x: port.spectral() },
  outputs: { x: port.signal() },
  build: ({ inputs: { operator, x }, ctx }) => ({
    x: column(boundOperator(operator), "svd").fromSpectral(ctx, x),
  }),
});
