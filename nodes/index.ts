import { createRegistry, type AnyNode } from "../runtime/graph/define-node.ts";
import { gradientEstimate } from "./gradient/estimate.ts";
import { gradientOf } from "./gradient/of.ts";
import { gradientStop } from "./gradient/stop.ts";
import { gradientVjp } from "./gradient/vjp.ts";
import { image } from "./input/image.ts";
import { point } from "./input/point.ts";
import { tensor } from "./input/tensor.ts";
import { addNoise } from "./math/add-noise.ts";
import { add } from "./math/add.ts";
import { clamp } from "./math/clamp.ts";
import { constant } from "./math/constant.ts";
import { expression } from "./math/expression.ts";
import { lerp } from "./math/lerp.ts";
import { noise } from "./math/noise.ts";
import { norm } from "./math/norm.ts";
import { orElse } from "./math/or-else.ts";
import { reNoise } from "./math/re-noise.ts";
import { scale } from "./math/scale.ts";
import { subtract } from "./math/subtract.ts";
import { exactPosterior } from "./metric/exact-posterior.ts";
import { mse } from "./metric/mse.ts";
import { psnr } from "./metric/psnr.ts";
import { residual } from "./metric/residual.ts";
import { siSdr } from "./metric/si-sdr.ts";
import { ssim } from "./metric/ssim.ts";
import { adjoint } from "./operator/adjoint.ts";
import { apply } from "./operator/apply.ts";
import { average } from "./operator/average.ts";
import { baseline } from "./operator/baseline.ts";
import { bicubic } from "./operator/bicubic.ts";
import { boxInpainting } from "./operator/box-inpainting.ts";
import { colourisation } from "./operator/colourisation.ts";
import { compose } from "./operator/compose.ts";
import { compressedSensing } from "./operator/compressed-sensing.ts";
import { dataGradient } from "./operator/data-gradient.ts";
import { ddrmDeblurring } from "./operator/ddrm-deblurring.ts";
import { equivalentLevel } from "./operator/equivalent-level.ts";
import { fromSpectral } from "./operator/from-spectral.ts";
import { gaussianBlur } from "./operator/gaussian-blur.ts";
import { hdr } from "./operator/hdr.ts";
import { identity } from "./operator/identity.ts";
import { inSpace } from "./operator/in-space.ts";
import { jpeg } from "./operator/jpeg.ts";
import { kernelBlur } from "./operator/kernel-blur.ts";
import { maskImage } from "./operator/mask.ts";
import { measure } from "./operator/measure.ts";
import { mixture } from "./operator/mixture.ts";
import { motionBlur } from "./operator/motion-blur.ts";
import { networkOperator } from "./operator/network.ts";
import { nonlinearBlur } from "./operator/nonlinear-blur.ts";
import { phase } from "./operator/phase.ts";
import { pinvTransposed } from "./operator/pinv-transposed.ts";
import { pinv } from "./operator/pinv.ts";
import { project } from "./operator/project.ts";
import { projector } from "./operator/projector.ts";
import { properties } from "./operator/properties.ts";
import { quantisation } from "./operator/quantisation.ts";
import { randomInpainting } from "./operator/random-inpainting.ts";
import { resize } from "./operator/resize.ts";
import { separable } from "./operator/separable.ts";
import { stemMask } from "./operator/stem-mask.ts";
import { spectral } from "./operator/to-spectral.ts";
import { uniformBlur } from "./operator/uniform-blur.ts";
import { dataset } from "./prior/dataset.ts";
import { denoise } from "./prior/denoise.ts";
import { gaussianMixture } from "./prior/gaussian-mixture.ts";
import { onnxPrior } from "./prior/onnx.ts";
import { priorProperties } from "./prior/properties.ts";
import { adam } from "./sampler/adam.ts";
import { ancestral } from "./sampler/ancestral.ts";
import { conjugateMap } from "./sampler/conjugate-map.ts";
import { conjugateStep } from "./sampler/conjugate-step.ts";
import { ddim } from "./sampler/ddim.ts";
import { euler } from "./sampler/euler.ts";
import { gradientDescent } from "./sampler/gradient-descent.ts";
import { heun } from "./sampler/heun.ts";
import { langevin } from "./sampler/langevin.ts";
import { momentum } from "./sampler/momentum.ts";
import { alphaBarLevel } from "./schedule/alpha-bar-level.ts";
import { ddpmUniform } from "./schedule/ddpm-uniform.ts";
import { discreteLevel } from "./schedule/discrete-level.ts";
import { first } from "./schedule/first.ts";
import { level } from "./schedule/level.ts";
import { list } from "./schedule/list.ts";
import { optimalTransport } from "./schedule/optimal-transport.ts";
import { poly } from "./schedule/poly.ts";
import { timeTravel } from "./schedule/time-travel.ts";
import { vpLinear } from "./schedule/vp-linear.ts";
import { vpTime } from "./schedule/vp-time.ts";

/** Every node that ships, all versions, family by family. */
export const nodes: readonly AnyNode[] = [
  image,
  point,
  tensor,
  alphaBarLevel,
  ddpmUniform,
  first,
  level,
  poly,
  vpLinear,
  optimalTransport,
  list,
  discreteLevel,
  vpTime,
  timeTravel,
  adjoint,
  apply,
  average,
  bicubic,
  baseline,
  boxInpainting,
  colourisation,
  compose,
  compressedSensing,
  dataGradient,
  ddrmDeblurring,
  equivalentLevel,
  fromSpectral,
  gaussianBlur,
  hdr,
  identity,
  inSpace,
  kernelBlur,
  jpeg,
  maskImage,
  measure,
  mixture,
  motionBlur,
  networkOperator,
  nonlinearBlur,
  phase,
  pinv,
  pinvTransposed,
  project,
  projector,
  properties,
  quantisation,
  randomInpainting,
  resize,
  separable,
  spectral,
  stemMask,
  uniformBlur,
  dataset,
  denoise,
  gaussianMixture,
  onnxPrior,
  priorProperties,
  addNoise,
  add,
  clamp,
  constant,
  expression,
  lerp,
  noise,
  norm,
  orElse,
  reNoise,
  scale,
  subtract,
  gradientEstimate,
  gradientOf,
  gradientStop,
  gradientVjp,
  adam,
  ancestral,
  ddim,
  conjugateStep,
  conjugateMap,
  euler,
  heun,
  gradientDescent,
  momentum,
  langevin,
  exactPosterior,
  mse,
  psnr,
  residual,
  ssim,
  siSdr,
];

export const registry = createRegistry(nodes);
