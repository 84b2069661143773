import { IssueError } from "../../runtime/base/issue.ts";
import type { StudioEvent } from "../../runtime/protocol/studio/messages.ts";
import type { TensorData } from "../../runtime/tensor/tensor.ts";

type Frames = ReadonlyMap<string, TensorData>;

interface Open {
  readonly frames: Map<string, TensorData>;
  /** One frame is the whole answer. */
  readonly isSingle: boolean;
  readonly resolve: (frames: Frames) => void;
  readonly reject: (error: Error) => void;
}

/** Questions that a studio was asked and has not answered. */
export interface Tickets {
  /** A new question: its number, and its frames by wire. Rejects with an IssueError where it is refused. */
  readonly open: (isSingle: boolean) => {
    readonly ticket: number;
    readonly answer: Promise<Frames>;
  };
  readonly hear: (event: StudioEvent) => void;
  /** Answers all with nothing: their run is gone. */
  readonly drop: () => void;
}

export function createTickets(): Tickets {
  const waiting = new Map<number, Open>();
  let last = 0;
  const close = (ticket: number): Open | undefined => {
    const open = waiting.get(ticket);
    waiting.delete(ticket);
    return open;
  };
  return {
    open(isSingle) {
      last += 1;
      const ticket = last;
      const answer = new Promise<Frames>((resolve, reject) => {
        waiting.set(ticket, { frames: new Map(), isSingle, resolve, reject });
      });
      return { ticket, answer };
    },
    hear(event) {
      if (event.type === "frame" && event.ticket !== null) {
        const open = waiting.get(event.ticket);
        open?.frames.set(event.wire, event.tensor);
        if (open?.isSingle === true) close(event.ticket)?.resolve(open.frames);
      } else if (event.type === "inspected") {
        const open = close(event.ticket);
        open?.resolve(open.frames);
      } else if (event.type === "refused")
        close(event.ticket)?.reject(new IssueError(event.issues));
    },
    drop() {
      for (const { resolve } of waiting.values()) resolve(new Map());
      waiting.clear();
    },
  };
}
