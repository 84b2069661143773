import { z } from "zod";
import { issueError } from "../../runtime/base/issue.ts";
import { defineNode, type BuildContext } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import { mixturePreset, mixturePresets } from "./mixture-presets.ts";
import { mixtureOf, type MixtureParts } from "./mixture.ts";
import { mixturePrior } from "./mixture-prior.ts";
import { readTable, tableAssets, tableParam } from "./table.ts";

const params = z.strictObject({
  preset: z
    .enum(mixturePresets)
    .optional()
    .meta({ description: "A mixture in the plane, instead of everything below." }),
  means: tableParam.optional().meta({
    description:
      "[components, …shape]; one number a component: the same in every pixel of any signal.",
  }),
  weights: z
    .array(z.number().min(0))
    .min(1)
    .optional()
    .meta({ description: "What each component counts for; they are divided by their sum." }),
  std: z
    .union([z.number().min(0), z.array(z.number().min(0)).min(1)])
    .optional()
    .meta({ description: "Isotropic components: one standard deviation, or one a component." }),
  variances: tableParam
    .optional()
    .meta({ description: "Diagonal covariances: [components, …shape], or […shape] for all." }),
  covariances: tableParam.optional().meta({
    description: "Full covariances: [components, n, n], or [n, n] for all, n the size of a signal.",
  }),
});
type Params = z.infer<typeof params>;

export const gaussianMixture = defineNode({
  type: "prior/gaussian-mixture",
  v: 1,
  title: "Gaussian mixture",
  summary:
    "A prior that is known exactly: a mixture of Gaussians, whose denoiser is in closed form. With a linear operator the posterior is known too, so that samplers can be checked against it. Counts as one NFE a call.",
  formula:
    "\\mathbb E[x_0\\mid x] = \\sum_k r_k(x)\\left(m_k + \\alpha C_k(\\alpha^2 C_k + \\sigma^2 I)^{-1}(x - \\alpha m_k)\\right)",
  source: "Bishop 2006, Pattern Recognition and Machine Learning, eqs. 2.116 and 9.13",
  params,
  scalars: z.strictObject({}),
  inputs: {},
  outputs: { prior: port.prior() },
  assets: ({ means, variances, covariances }) => tableAssets({ means, variances, covariances }),
  build({ params: given, ctx }) {
    const label = given.preset ?? "Gaussian mixture";
    return { prior: mixturePrior(label, mixtureOf(partsOf(ctx, given))) };
  },
});

function partsOf(ctx: BuildContext, given: Params): MixtureParts {
  const { preset, means, weights, std, variances, covariances } = given;
  if (preset !== undefined)
    return { ...mixturePreset(preset), ...(std === undefined ? {} : { std }) };
  if (means === undefined)
    throw issueError(
      "prior.mixture",
      "The mixture has no means.",
      { path: ["params", "means"] },
      {
        fix: `Give means, or a preset: ${mixturePresets.join(", ")}.`,
      },
    );
  return {
    means: readTable(ctx, "means", means),
    ...(weights === undefined ? {} : { weights }),
    ...(std === undefined ? {} : { std }),
    ...(variances === undefined ? {} : { variances: readTable(ctx, "variances", variances) }),
    ...(covariances === undefined
      ? {}
      : { covariances: readTable(ctx, "covariances", covariances) }),
  };
}
