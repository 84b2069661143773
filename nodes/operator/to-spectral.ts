import { z } from "zod";
import { defineNode, optional } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import { boundOperator } from "../space.ts";
import { column } from "./shared/columns.ts";

export const spectral = defineNode({
  type: "operator/to-spectral",
  v: 1,
  title: "To spectral space",
  summary:
    "Coordinates of a signal in the operator's right singular basis, with the singular values, and those of a measurement in the left one.",
  formula: "V^{\\top}x,\\quad U^{\\top}y,\\quad s",
  source: "Kawar et al. 2022 (DDRM), arXiv:2201.11793",
  params: z.strictObject({}),
  scalars: z.strictObject({}),
  inputs: {
    operator: port.operator(),
    x: port.signal(),
    measurement: optional(port.measurement()),
  },
  outputs: { x: port.spectral(), measurement: port.spectral(), singularValues: port.spectral() },
  build({ inputs: { operator, x, measurement }, ctx }) {
    const svd = column(boundOperator(operator), "svd");
    const coordinates = svd.toSpectral(ctx, x);
    return {
      x: coordinates,
      measurement:
        measurement === undefined ? coordinates : svd.measurementToSpectral(ctx, measurement),
      singularValues: svd.singularValues(ctx),
    };
  },
});
