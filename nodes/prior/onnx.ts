import { z } from "zod";
import { issueError } from "../../runtime/base/issue.ts";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import type { Prior } from "../../runtime/graph/values.ts";
import type { ModelAsset } from "../../runtime/graph/define-node.ts";
import { readModel } from "../../runtime/onnx/model.ts";
import { modelSignature } from "../../runtime/onnx/signature.ts";
import { readCard } from "./card.ts";
import { inferred } from "./inferred.ts";
import { networkPorts } from "./network.ts";
import { networkPrior } from "./network-prior.ts";
import {
  completeParametrisation,
  defined,
  missingEssentials,
  parametrisationFields,
  type PartialParametrisation,
} from "./parametrisation.ts";

const params = z.strictObject({
  model: z
    .string()
    .meta({ description: "A name in the library, or a path inside the asset folder." }),
  ...z.strictObject(parametrisationFields).partial().shape,
});

export const onnxPrior = defineNode({
  type: "prior/onnx",
  v: 1,
  title: "ONNX network",
  summary:
    "A denoising network from an .onnx file, whatever it predicts and whatever it is told about the noise. What the params leave out comes from the model's card (a JSON file of the same name), then from the names of its inputs and outputs. Outside the range of noise levels that it was trained for, the nearest level in range is asked, with x scaled to it.",
  formula: "D(x;\\alpha,\\sigma) = D_{\\mathrm{VE}}(x/\\alpha;\\,\\sigma/\\alpha)",
  source:
    "Denoodle; parametrisations: Karras et al. 2022, arXiv:2206.00364, table 1; Ho et al. 2020, arXiv:2006.11239; Salimans and Ho 2022, arXiv:2202.00512; Lipman et al. 2023, arXiv:2210.02747",
  params,
  scalars: z.strictObject({}),
  inputs: {},
  outputs: { prior: port.prior() },
  assets: ({ model }) => [{ kind: "model", file: model, path: ["model"] }],
  build({ params: { model, ...given }, ctx }) {
    return { prior: priorOf(ctx.model(model), given) };
  },
});

/**
 * The prior in a model file.
 *
 * @param given What is known of the network beside its card; it wins over the card.
 * @throws IssueError `prior.parametrisation`, `prior.network`, `model.card`, `model.unreadable`.
 */
export function priorOf(model: ModelAsset, given: PartialParametrisation): Prior {
  const signature = modelSignature(readModel(model.bytes));
  const said = { ...readCard(model.name, model.card), ...defined(given) };
  const known = { ...inferred(signature), ...said };
  const asked = completeParametrisation(known);
  if (asked === null) {
    const missing = missingEssentials(known);
    throw issueError(
      "prior.parametrisation",
      `Nothing says ${missing.map((name) => questions[name]).join(", nor ")}, and the names in ${model.name} do not tell.`,
      { path: ["params", missing[0] ?? "predicts"] },
      {
        expected: missing.join(", "),
        fix: `Give ${missing.join(", ")}; "denoodle prior check" says which fit best.`,
      },
    );
  }
  return networkPrior({ model, ports: networkPorts(signature, known), asked, known });
}

const questions = {
  predicts: "what the network predicts",
  process: "which noise process it was trained on",
  conditioning: "what it is told about the noise",
} as const;
