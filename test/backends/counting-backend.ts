import type { Backend, DeviceTensor, Feeds, Session } from "../../runtime/execute/backend.ts";

/** What a run asked of its backend. */
export interface Counts {
  /** Transfers from the device to the host. */
  downloads: number;
  /** Tensors made from host data. */
  uploads: number;
  runs: number;
  sessions: number;
  /** Tensors that were handed out and not disposed. */
  live: number;
  mostLive: number;
}

/** A backend that counts what passes through it. */
export interface CountingBackend extends Backend {
  readonly counts: Readonly<Counts>;
}

interface Counted extends DeviceTensor {
  readonly inner: DeviceTensor;
}

export function countingBackend(backend: Backend): CountingBackend {
  const counts: Counts = {
    downloads: 0,
    uploads: 0,
    runs: 0,
    sessions: 0,
    live: 0,
    mostLive: 0,
  };
  const count = (inner: DeviceTensor): Counted => {
    let alive = true;
    counts.live += 1;
    counts.mostLive = Math.max(counts.mostLive, counts.live);
    return {
      type: inner.type,
      inner,
      dispose() {
        if (alive) counts.live -= 1;
        alive = false;
        inner.dispose();
      },
    };
  };
  return {
    id: backend.id,
    chosen: backend.chosen,
    counts,
    async createSession(model, options) {
      counts.sessions += 1;
      return countingSession(await backend.createSession(model, options), counts, count);
    },
    upload(data) {
      counts.uploads += 1;
      return count(backend.upload(data));
    },
    async place(data) {
      counts.uploads += 1;
      return count(await backend.place(data));
    },
    download(tensor) {
      counts.downloads += 1;
      return backend.download(inside(tensor));
    },
    close: () => backend.close(),
  };
}

function countingSession(
  session: Session,
  counts: Counts,
  count: (tensor: DeviceTensor) => DeviceTensor,
): Session {
  return {
    inputs: session.inputs,
    outputs: session.outputs,
    async run(feeds, fetch) {
      counts.runs += 1;
      return mapFeeds(await session.run(mapFeeds(feeds, inside), fetch), count);
    },
    release: () => session.release(),
  };
}

function mapFeeds(feeds: Feeds, change: (tensor: DeviceTensor) => DeviceTensor): Feeds {
  return Object.fromEntries(Object.entries(feeds).map(([name, tensor]) => [name, change(tensor)]));
}

function inside(tensor: DeviceTensor): DeviceTensor {
  if (!("inner" in tensor)) throw new TypeError("countingBackend: the tensor is another backend's");
  return (tensor as Counted).inner;
}
