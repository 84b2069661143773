import { z } from "zod";
import { parametrisationFields } from "../../nodes/prior/parametrisation.ts";
import { IssueError } from "../../runtime/base/issue.ts";
import { networkEvaluator } from "../../runtime/execute/evaluate-network.ts";
import { createNodeBackend } from "../../runtime/execute/ort-node.ts";
import { createSessionCache } from "../../runtime/execute/session-cache.ts";
import type { ModelAsset } from "../../runtime/graph/define-node.ts";
import { suggestion } from "../../runtime/graph/nearest.ts";
import { faultsOf } from "../../runtime/graph/zod-sentences.ts";
import { referenceFiles } from "../../runtime/protocol/prior-check.ts";
import type { TensorData } from "../../runtime/tensor/tensor.ts";
import { findAsset, loadModel, loadTensor } from "../assets/source.ts";
import { UsageError, valuesOf, type Command } from "../command.ts";
import { shippedFile } from "../library.ts";
import { parseAssignment } from "../run/parse-settings.ts";
import { formatPriorCheck } from "./prior-check/format.ts";
import { priorCheck } from "../../nodes/prior/check/prior-check.ts";
import { existsSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";

export const priorCommand: Command = {
  summary: "Checks a network: is it the denoiser that its card says?",
  positionals: "check MODEL",
  options: {
    set: {
      value: "FIELD=VALUE",
      repeats: true,
      help: `Says what the card does not: ${Object.keys(parametrisationFields).slice(0, 3).join(", ")}, …`,
    },
    json: { help: "Prints the report as one JSON object." },
  },
  notes: [
    "MODEL is an .onnx file, or the name of a shipped prior.",
    "Known noise is put on held-out pictures and taken off again; exit code 1 when that fails.",
  ],
  async run(given, terminal) {
    const [verb, model, ...extra] = given.positionals;
    if (verb !== "check" || model === undefined || extra.length > 0)
      throw new UsageError("denoodle prior knows one thing: denoodle prior check MODEL.");
    const path = modelPath(model, terminal.cwd);
    const asset = await loadModel(model, path);
    const { name, bytes, card } = asset;
    const asked = readFields(valuesOf(given, "set"));
    const { evaluate, close } = await networkRunner(asset);
    try {
      const report = await priorCheck({
        name,
        bytes,
        card,
        given: asked,
        evaluate,
        references: await references(),
      });
      if (given.switches.has("json")) terminal.out(JSON.stringify(report));
      else for (const line of formatPriorCheck(report)) terminal.out(line);
      return report.passed ? 0 : 1;
    } finally {
      await close();
    }
  },
};

/** Any file that the command line names, else a shipped one. */
function modelPath(model: string, cwd: string): string {
  const path = resolve(cwd, model);
  return existsSync(path) && basename(path).includes(".")
    ? findAsset("model", basename(path), dirname(path))
    : findAsset("model", model, cwd);
}

function readFields(texts: readonly string[]): object {
  const given = Object.fromEntries(texts.map((text) => parseAssignment("--set", text)));
  const known = Object.keys(parametrisationFields);
  const unknown = Object.keys(given).filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new IssueError(
      unknown.map((name) => {
        const fix = suggestion(name, known);
        const message = `A network has no field ${JSON.stringify(name)}.`;
        return { code: "param.unknown", message, at: {}, ...(fix === undefined ? {} : { fix }) };
      }),
    );
  const read = z.strictObject(parametrisationFields).partial().safeParse(given);
  if (read.success) return read.data;
  throw new IssueError(
    faultsOf(read.error.issues, given).map(({ path, message }) => ({
      code: "param.invalid",
      message,
      at: { path: [`--set ${path.join(".")}`] },
    })),
  );
}

/** Runs the network on the cpu, as graphs do. */
async function networkRunner(model: ModelAsset) {
  const { backend } = await createNodeBackend("cpu");
  const evaluate = networkEvaluator(model, backend, createSessionCache(backend));
  return { close: () => backend.close(), evaluate };
}

async function references(): Promise<readonly TensorData[]> {
  const paths = referenceFiles.flatMap((name) => shippedFile("images", name) ?? []);
  return Promise.all(paths.map((path) => loadTensor("image", path)));
}
