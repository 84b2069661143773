import { IssueError } from "../../runtime/base/issue.ts";
import type { StudioEvent } from "../../runtime/protocol/studio/messages.ts";
import type { TensorData } from "../../runtime/tensor/tensor.ts";

export type Scored = Extract<StudioEvent, { type: "scored" }>;

interface Answer {
  /** By wire. */
  readonly frames: ReadonlyMap<string, TensorData>;
  readonly scored: Scored | null;
}

interface Open {
  readonly frames: Map<string, TensorData>;
  /** One frame is the whole answer. */
  readonly isSingle: boolean;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

/** Questions that a studio was asked and has not answered. */
export interface Tickets {
  /** A new question: its number, and its answer. Rejects with an IssueError where it is refused. */
  readonly open: (isSingle: boolean) => {
    readonly ticket: number;
    readonly answer: Promise<Answer>;
  };
  readonly hear: (event: StudioEvent) => void;
  /** Answers all with nothing: their run is gone. */
  readonly drop: () => void;
}

export function createTickets(): Tickets {
  const waiting = new Map<number, Open>();
  let last = 0;
  return {
    open(isSingle) {
      last += 1;
      const ticket = last;
      const answer = new Promise<Answer>((resolve, reject) => {
        waiting.set(ticket, { frames: new Map(), isSingle, resolve, reject });
      });
      return { ticket, answer };
    },
    hear(event) {
      const open = "ticket" in event ? waiting.get(event.ticket ?? -1) : undefined;
      if (open === undefined || !("ticket" in event)) return;
      if (event.type === "frame") {
        open.frames.set(event.wire, event.tensor);
        if (!open.isSingle) return;
      }
      waiting.delete(event.ticket ?? -1);
      if (event.type === "refused") open.reject(new IssueError(event.issues));
      else open.resolve({ frames: open.frames, scored: event.type === "scored" ? event : null });
    },
    drop() {
      for (const { resolve } of waiting.values()) resolve({ frames: new Map(), scored: null });
      waiting.clear();
    },
  };
}
