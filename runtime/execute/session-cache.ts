import { contentKey } from "../compile/content-key.ts";
import { networkKey, networkSource } from "../compile/network.ts";
import type { NetworkModel } from "../graph/values.ts";
import type { Program } from "../ir/program.ts";
import type { Shape } from "../tensor/tensor.ts";
import type { Backend, ModelSource, Session } from "./backend.ts";

/** Sessions by content: two graphs that compile to the same step function share one. */
export interface SessionCache {
  /** The session of a program; inputs are named i0, i1, …, outputs o0, o1, …. */
  program(program: Program): Promise<Session>;
  /** The session of a network for inputs of these shapes, under the names of its file. */
  network(model: NetworkModel, shapes: Readonly<Record<string, Shape>>): Promise<Session>;
  /** Sessions created so far: what "nothing recompiles" is measured by. */
  readonly created: () => number;
  /** Releases every session; the cache is empty then. */
  release(): Promise<void>;
}

export function createSessionCache(backend: Backend): SessionCache {
  const byContent = new Map<string, Promise<Session>>();
  const keys = new WeakMap<Program, string>();
  let created = 0;
  const find = (key: string, make: () => ModelSource) => {
    const known = byContent.get(key);
    if (known !== undefined) return known;
    created += 1;
    const session = backend.createSession(make());
    byContent.set(key, session);
    session.catch(() => byContent.delete(key));
    return session;
  };
  return {
    program(program) {
      const key = keys.get(program) ?? contentKey(program);
      keys.set(program, key);
      return find(key, () => ({ program, ...portNames(program) }));
    },
    network: (model, shapes) => find(networkKey(model, shapes), () => networkSource(model, shapes)),
    created: () => created,
    async release() {
      const sessions = await Promise.allSettled(byContent.values());
      byContent.clear();
      for (const session of sessions)
        if (session.status === "fulfilled") await session.value.release();
    },
  };
}

/** `i0…`, `o0…`. */
export function portNames({ inputs, outputs }: Program) {
  return {
    inputNames: inputs.map((_, i) => `i${i}`),
    outputNames: outputs.map((_, i) => `o${i}`),
  };
}
