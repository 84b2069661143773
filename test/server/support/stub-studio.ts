import { float32 } from "../../../runtime/tensor/tensor.ts";
import type { Studio, StudioHost } from "../../../runtime/protocol/studio/host.ts";
import type { StudioMessage } from "../../../runtime/protocol/studio/messages.ts";

/** Studios that say what a test wants them to say. */
export interface StubStudios {
  readonly createStudio: (host: StudioHost) => Studio;
  /** To the page that connected last. */
  readonly post: (message: StudioMessage) => void;
  readonly received: unknown[];
  closed: number;
}

export function stubStudios(): StubStudios {
  let post: (message: StudioMessage) => void = () => {
    throw new Error("no page has connected");
  };
  const stub: StubStudios = {
    post: (message) => post(message),
    received: [],
    closed: 0,
    createStudio(host) {
      post = host.post;
      return {
        receive: (message) => void stub.received.push(message),
        close: () => void (stub.closed += 1),
      };
    },
  };
  return stub;
}

/** The newest frame of a watched wire: `size` numbers that are all `value`. */
export const preview = (value: number, size: number): StudioMessage => ({
  run: 1,
  event: {
    type: "frame",
    ticket: null,
    wire: "anneal/denoise.x0",
    iteration: [value],
    tensor: float32(new Float32Array(size).fill(value), [size]),
  },
});

export const step = (iteration: number): StudioMessage => ({
  run: 1,
  event: {
    type: "step",
    zone: "anneal",
    iteration,
    count: 100,
    nfe: iteration,
    vjpCalls: 0,
    ms: 1,
  },
});
