import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { IssueError, issueError, type Issue } from "../../base/issue.ts";
import type { TensorData } from "../../tensor/tensor.ts";
import type { SentModel } from "../open-weights.ts";
import { referenceFiles, type PriorJob } from "../prior-check.ts";
import type { EngineQueue, RunningJob } from "./engine-queue.ts";
import { issuesOf } from "./issues-of.ts";
import type { AssetLoader } from "./load-assets.ts";
import type { StudioEvent } from "./messages.ts";
import type { StudioCheck } from "./requests.ts";

/** Questions about priors that were asked and have no answer yet. */
export interface PriorChecks {
  readonly has: (run: number) => boolean;
  readonly start: (asked: StudioCheck) => void;
  readonly cancel: (run: number) => void;
}

interface Parts {
  readonly queue: EngineQueue;
  readonly assets: AssetLoader;
  readonly post: (run: number, event: StudioEvent) => void;
}

/** Puts questions about priors to the engine; the model that was last asked about is kept for the next question. */
export function createPriorChecks({ queue, assets, post }: Parts): PriorChecks {
  const going = new Map<number, RunningJob | null>();
  let last: SentModel | null = null;
  const end = (run: number, event: StudioEvent): void => {
    if (going.delete(run)) post(run, event);
  };
  const begin = async ({ run, ask, model, given, options }: StudioCheck): Promise<void> => {
    try {
      if (model !== null)
        last = { ...model, card: model.card, sha256: bytesToHex(sha256(model.bytes)) };
      if (last === null) throw noModel();
      const references = ask === "read" ? [] : await referencesOf(assets);
      if (!going.has(run)) return;
      const job: PriorJob = { ask, model: last, given, references };
      const running = queue.start({ type: "check", job, options }, (event) => {
        if (event.type === "checking") post(run, event);
        else if (event.type === "checked") end(run, event);
        else if (event.type === "failed") end(run, { type: "failed", issues: [...event.issues] });
      });
      if (going.has(run)) going.set(run, running);
    } catch (error) {
      end(run, { type: "failed", issues: issuesOf(error) });
    }
  };
  return {
    has: (run) => going.has(run),
    start(asked) {
      going.set(asked.run, null);
      void begin(asked);
    },
    cancel(run) {
      going.get(run)?.drop();
      end(run, { type: "failed", issues: [cancelled] });
    },
  };
}

/** All that the library holds; a network is tested on those that it takes. */
async function referencesOf(assets: AssetLoader): Promise<readonly TensorData[]> {
  const found: TensorData[] = [];
  for (const file of referenceFiles)
    try {
      found.push(await assets.read(file, new Map(), []));
    } catch (error) {
      if (!(error instanceof IssueError)) throw error;
    }
  return found;
}

const noModel = (): IssueError =>
  issueError("check.no-model", "The model is not kept any more: send it with the question.");

const [cancelled] = issueError("run.cancelled", "The check was cancelled.").issues as readonly [
  Issue,
];
