import { z } from "zod";
import { defineNode, optional } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import { requireShape } from "./denoised.ts";

export const denoise = defineNode({
  type: "prior/denoise",
  v: 1,
  title: "Denoise",
  summary:
    "The clean signal that a prior expects behind a noisy one, and the same answer as noise, v and score: one network evaluation (NFE) whatever is read. With condition, the prior is asked at that level and its noise estimate is used at the sampler's level. Variance is there where the network has learned one: it lies between -1 and 1 and mixes the two bounds of the reverse process's log variance.",
  formula:
    "\\hat x_0 = \\mathbb E[x_0 \\mid x],\\quad \\hat\\varepsilon = \\frac{x - \\alpha\\hat x_0}{\\sigma},\\quad \\hat v = \\alpha\\hat\\varepsilon - \\sigma\\hat x_0,\\quad \\nabla_x \\log p(x) = -\\frac{\\hat\\varepsilon}{\\sigma}",
  source:
    "Tweedie's formula (Efron 2011, doi:10.1198/jasa.2011.tm11181); v: Salimans and Ho 2022, arXiv:2202.00512, appendix D",
  params: z.strictObject({}),
  scalars: z.strictObject({}),
  inputs: {
    prior: port.prior(),
    x: port.signal(),
    level: port.level(),
    condition: optional(port.level()),
  },
  outputs: {
    x0: port.signal({ estimates: "x0" }),
    eps: port.signal({ estimates: "eps" }),
    v: port.signal({ estimates: "v" }),
    score: port.signal({ estimates: "score" }),
    variance: optional(port.signal()),
  },
  build({ inputs: { prior, x, level, condition }, ctx }) {
    requireShape(prior, x);
    const at = condition === undefined ? { x, level } : { x, level, condition };
    const { x0, eps, v, score, variance } = prior.denoise(ctx, at);
    return { x0, eps, v, score, variance };
  },
});
