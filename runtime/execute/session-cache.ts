import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { networkFile, networkKey } from "../compile/network.ts";
import type { NetworkModel } from "../graph/values.ts";
import { printProgram } from "../ir/print.ts";
import type { Program } from "../ir/program.ts";
import { writeModel } from "../onnx/write-model.ts";
import type { Shape, TensorData } from "../tensor/tensor.ts";
import { lowerProgram } from "../trace/lower.ts";
import type { Backend, Session } from "./backend.ts";

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
  const find = (key: string, make: () => Uint8Array) => {
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
      return find(key, () => writeModel(lowerProgram(program), portNames(program)));
    },
    network: (model, shapes) => find(networkKey(model, shapes), () => networkFile(model, shapes)),
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

const digests = new WeakMap<TensorData["data"], string>();

/** Weights are hashed once however many programs hold them. */
function digestOf({ dtype, shape, data }: TensorData): string {
  const known = digests.get(data);
  if (known !== undefined) return known;
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const digest = `${dtype}[${shape.join(",")}]${bytesToHex(sha256(bytes))}`;
  digests.set(data, digest);
  return digest;
}

function contentKey(program: Program): string {
  const constants = [...program.constants.values()].map(digestOf).join("\n");
  return bytesToHex(sha256(utf8ToBytes(`${printProgram(program)}\n${constants}`)));
}
