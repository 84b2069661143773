import { IssueError } from "../../runtime/base/issue.ts";
import type { PriorAnswer, PriorQuestion } from "../../runtime/protocol/prior-check.ts";
import type { StudioMessage } from "../../runtime/protocol/studio/messages.ts";
import type { StudioCheck } from "../../runtime/protocol/studio/requests.ts";
import type { EngineLink } from "../run/link.ts";

export type AnswerTo<Q extends PriorQuestion> = Extract<PriorAnswer, { ask: Q }>;

/** A model as a person gave it. */
export type CheckedModel = NonNullable<StudioCheck["model"]>;

export interface Asked<Q extends PriorQuestion> {
  readonly ask: Q;
  readonly model: CheckedModel;
  readonly given: StudioCheck["given"];
  readonly backend: StudioCheck["options"]["backend"];
  readonly tick: (done: number, total: number) => void;
}

/** Questions about priors, one at a time, to a studio of their own: what a model does to it harms no run. */
export interface PriorChecks {
  /**
   * Asks, and gives up what was asked before. The model is sent once.
   *
   * @throws IssueError what the studio refuses; `run.cancelled` where it was given up.
   */
  ask<Q extends PriorQuestion>(asked: Asked<Q>): Promise<AnswerTo<Q>>;
  cancel(): void;
  /** Ends the studio and its memory; the next question starts another. */
  close(): void;
}

interface Waiting {
  readonly run: number;
  readonly tick: (done: number, total: number) => void;
  readonly resolve: (answer: PriorAnswer) => void;
  readonly reject: (error: IssueError) => void;
}

export function createPriorChecks(open: () => EngineLink): PriorChecks {
  let link: EngineLink | null = null;
  let sent: CheckedModel | null = null;
  let waiting: Waiting | null = null;
  let runs = 0;
  const hear = ({ run, event }: StudioMessage): void => {
    if (waiting === null || run !== waiting.run) return;
    if (event.type === "checking") waiting.tick(event.done, event.total);
    if (event.type === "checked") settle()?.resolve(event.answer);
    if (event.type === "failed") {
      sent = null;
      settle()?.reject(new IssueError(event.issues));
    }
  };
  const settle = (): Waiting | null => {
    const settled = waiting;
    waiting = null;
    return settled;
  };
  const cancel = (): void => {
    const given = settle();
    if (given === null) return;
    link?.send({ type: "cancel", run: given.run });
    given.reject(new IssueError([cancelled]));
  };
  const opened = (): EngineLink => {
    if (link !== null) return link;
    link = open();
    link.listen(hear);
    return link;
  };
  return {
    cancel,
    ask({ ask, model, given, backend, tick }) {
      cancel();
      runs += 1;
      const run = runs;
      const answer = new Promise<PriorAnswer>((resolve, reject) => {
        waiting = { run, tick, resolve, reject };
      });
      const isKnown = sent === model;
      sent = model;
      opened().send({
        type: "check",
        run,
        ask,
        given,
        model: isKnown ? null : model,
        options: { backend },
      });
      return answer as ReturnType<PriorChecks["ask"]> as Promise<never>;
    },
    close() {
      cancel();
      link?.close();
      link = null;
      sent = null;
    },
  };
}

const cancelled = { code: "run.cancelled", message: "The check was given up.", at: {} } as const;
