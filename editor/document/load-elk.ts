import type { ELK } from "elkjs/lib/elk-api.js";

let loading: Promise<ELK> | null = null;

/** The layout engine in a worker of its own; fetched when it is first asked for. */
export function loadElk(): Promise<ELK> {
  loading ??= start();
  return loading;
}

async function start(): Promise<ELK> {
  const [{ default: Elk }, { default: url }] = await Promise.all([
    import("elkjs/lib/elk-api.js"),
    import("elkjs/lib/elk-worker.min.js?url"),
  ]);
  return new Elk({ workerFactory: () => new Worker(url) });
}
