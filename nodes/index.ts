import { createRegistry, type AnyNode } from "../runtime/graph/define-node.ts";
import { gradientOf, gradientStop, gradientVjp } from "./gradient/of.ts";
import { image, tensor } from "./input/image.ts";
import { addNoise } from "./math/add-noise.ts";
import { constant } from "./math/constant.ts";
import { add, clamp, lerp, norm, scale, subtract } from "./math/elementwise.ts";
import { expression } from "./math/expression.ts";
import { orElse } from "./math/or-else.ts";
import { noise } from "./math/noise.ts";
import { reNoise } from "./math/re-noise.ts";
import { average } from "./operator/average.ts";
import { gaussianBlur } from "./operator/gaussian-blur.ts";
import { hdr } from "./operator/hdr.ts";
import { boxInpainting, maskImage, randomInpainting } from "./operator/masks.ts";
import { mixture } from "./operator/mixture.ts";
import { phase } from "./operator/phase.ts";
import * as operators from "./operator/use.ts";
import { denoise } from "./prior/denoise.ts";
import { onnxPrior } from "./prior/onnx.ts";
import { adam } from "./sampler/adam.ts";
import { ancestral } from "./sampler/ancestral.ts";
import { ddim } from "./sampler/ddim.ts";
import { euler } from "./sampler/euler.ts";
import { alphaBarLevel } from "./schedule/alpha-bar-level.ts";
import { ddpmUniform } from "./schedule/ddpm-uniform.ts";
import { first } from "./schedule/first.ts";
import { level } from "./schedule/level.ts";
import { poly } from "./schedule/poly.ts";
import { timeTravel } from "./schedule/time-travel.ts";

/** Every node that ships, all versions. */
export const nodes: readonly AnyNode[] = [
  image, tensor,
  poly, ddpmUniform, first, level, alphaBarLevel, timeTravel,
  boxInpainting, randomInpainting, maskImage, average, gaussianBlur, mixture, hdr, phase,
  operators.inSpace, operators.measure, operators.apply, operators.adjoint, operators.pinv,
  operators.projector, operators.project, operators.dataGradient, operators.properties,
  operators.equivalentLevel, operators.spectral, operators.fromSpectral,
  noise, addNoise, reNoise, constant, add, subtract, scale, lerp, clamp, norm, orElse, expression,
  gradientOf, gradientVjp, gradientStop,
  onnxPrior, denoise,
  euler, ddim, ancestral, adam,
];

export const registry = createRegistry(nodes);
