import type { Backend, DeviceTensor, Feeds, Session } from "../../runtime/execute/backend.ts";

/** A backend that knows which of its tensors are still held, and which sessions are open. */
export interface CountingBackend {
  readonly backend: Backend;
  readonly live: () => number;
  readonly most: () => number;
  readonly openSessions: () => number;
}

interface Counted extends DeviceTensor {
  readonly inner: DeviceTensor;
}

/** @param onRun called before each run of a session; may throw in its place. */
export function countingBackend(
  inner: Backend,
  onRun: (run: number) => void = () => {},
): CountingBackend {
  const live = new Set<DeviceTensor>();
  let most = 0;
  let open = 0;
  let runs = 0;
  const counted = (tensor: DeviceTensor): Counted => {
    const made: Counted = {
      type: tensor.type,
      inner: tensor,
      dispose() {
        live.delete(made);
        tensor.dispose();
      },
    };
    live.add(made);
    most = Math.max(most, live.size);
    return made;
  };
  const bare = (tensor: DeviceTensor) => (tensor as Counted).inner;
  const map = (feeds: Feeds, change: (tensor: DeviceTensor) => DeviceTensor): Feeds =>
    Object.fromEntries(Object.entries(feeds).map(([name, tensor]) => [name, change(tensor)]));
  const session = (made: Session): Session => {
    open += 1;
    return {
      ...made,
      inputs: made.inputs,
      outputs: made.outputs,
      async run(feeds, fetch) {
        runs += 1;
        onRun(runs);
        return map(await made.run(map(feeds, bare), fetch), counted);
      },
      async release() {
        open -= 1;
        await made.release();
      },
    };
  };
  return {
    backend: {
      id: inner.id,
      chosen: inner.chosen,
      createSession: async (model, options) => session(await inner.createSession(model, options)),
      upload: (data) => counted(inner.upload(data)),
      place: async (data) => counted(await inner.place(data)),
      download: (tensor) => inner.download(bare(tensor)),
      close: () => inner.close(),
    },
    live: () => live.size,
    most: () => most,
    openSessions: () => open,
  };
}
