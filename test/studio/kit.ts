import { readFileSync } from "node:fs";
import path from "node:path";
import { registry } from "../../nodes/index.ts";
import { checkPrior } from "../../nodes/prior/check/check-prior.ts";
import { startNodePoolWorker } from "../../runtime/execute/noise/pool-worker-node.ts";
import { createNodeBackend } from "../../runtime/execute/ort-node.ts";
import type { Document } from "../../runtime/graph/document.ts";
import { readDocument } from "../../runtime/graph/read.ts";
import { createEngine } from "../../runtime/protocol/engine.ts";
import { engineRequest } from "../../runtime/protocol/requests.ts";
import type { EngineHandle, EngineListener } from "../../runtime/protocol/studio/host.ts";
import { countingBackend } from "../engine/counting-backend.ts";
import {
  studioMessage,
  type StudioEvent,
  type StudioMessage,
} from "../../runtime/protocol/studio/messages.ts";
import type { StudioRun } from "../../runtime/protocol/studio/requests.ts";
import { createStudio } from "../../runtime/protocol/studio/studio.ts";

const file = path.resolve(import.meta.dirname, "../../graphs/examples/mixture-2d.json");

export function openingExample(): Document {
  const { document, issues } = readDocument(readFileSync(file, "utf8"));
  if (document === null) throw new Error(JSON.stringify(issues));
  return document;
}

/** The opening example with few steps. */
export function example(steps = 10): Document {
  return withNumber(openingExample(), ["inputs", "schedule", "default", "params", "steps"], steps);
}

/** A document with one number changed. */
export function withNumber(document: Document, place: readonly string[], value: number): Document {
  const copy = structuredClone(document) as unknown as Record<string, unknown>;
  const owner = place.slice(0, -1).reduce((at, key) => at[key] as typeof copy, copy);
  owner[place.at(-1) ?? ""] = value;
  return copy as unknown as Document;
}

export const runOf = (run: number, more: Partial<StudioRun> = {}): StudioRun => ({
  type: "run",
  run,
  document: example(),
  feeds: {},
  batch: 4,
  files: new Map(),
  options: { backend: "cpu", threads: 1, seed: 0, probes: ["reverse/guided.x"] },
  ...more,
});

type Of<T extends StudioEvent["type"]> = Extract<StudioEvent, { type: T }>;

export interface KitOptions {
  readonly keptBytes?: number;
}

interface EngineHere extends EngineHandle {
  readonly crash: () => void;
  /** Runs that it was sent. */
  readonly jobs: () => number;
  /** Programs and networks that it has evaluated. */
  readonly evaluations: () => number;
}

function startEngineHere(listener: EngineListener): EngineHere {
  let isAlive = true;
  let jobs = 0;
  let evaluations = 0;
  const engine = createEngine({
    registry,
    checkPrior,
    post(message) {
      const cloned = structuredClone(message);
      setImmediate(() => isAlive && listener.message(cloned));
    },
    async createBackend(wanted, options) {
      const chosen = await createNodeBackend(wanted, options);
      const { backend } = countingBackend(chosen.backend, () => (evaluations += 1));
      return { ...chosen, backend };
    },
    startPoolWorker: startNodePoolWorker,
    clock: () => performance.now(),
  });
  return {
    jobs: () => jobs,
    evaluations: () => evaluations,
    send(request) {
      if (engineRequest.parse(request).type === "run") jobs += 1;
      if (isAlive) engine.receive(structuredClone(request));
    },
    kill: () => (isAlive = false),
    crash() {
      isAlive = false;
      listener.ended({ code: "engine.ended", message: "The engine ended.", at: {} });
    },
  };
}

/** A studio over an engine in this process; messages cross as over a channel: cloned, and checked again. */
export function startStudio({ keptBytes }: KitOptions = {}) {
  const messages: StudioMessage[] = [];
  const engines: EngineHere[] = [];
  let wake = (): void => {};
  const studio = createStudio({
    registry,
    startEngine: (listener) => {
      const engine = startEngineHere(listener);
      engines.push(engine);
      return engine;
    },
    library: { task: async () => null, asset: async () => null, model: async () => null },
    decode: { image: () => Promise.reject(new Error()), sound: () => Promise.reject(new Error()) },
    post(message) {
      messages.push(studioMessage.parse(structuredClone(message)));
      wake();
    },
    clock: () => performance.now(),
    later(work, ms) {
      const timer = setTimeout(work, ms);
      return () => clearTimeout(timer);
    },
    ...(keptBytes === undefined ? {} : { keptBytes }),
  });
  const eventsOf = (run: number) =>
    messages.filter((message) => message.run === run).map(({ event }) => event);
  const until = async <T extends StudioEvent["type"]>(
    run: number,
    type: T,
    isIt: (event: Of<T>) => boolean = () => true,
  ): Promise<Of<T>> => {
    for (;;) {
      const events = eventsOf(run);
      const found = events.find(
        (event): event is Of<T> => event.type === type && isIt(event as Of<T>),
      );
      if (found !== undefined) return found;
      const failed = events.find((event) => event.type === "failed");
      if (failed !== undefined) throw new Error(JSON.stringify(failed));
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  let tickets = 0;
  /** Asks, and waits for the answer. */
  const ask = (run: number, request: object) => {
    tickets += 1;
    const ticket = tickets;
    send({ run, ticket, ...request });
    return ticket;
  };
  const send = (message: unknown): void => studio.receive(structuredClone(message));
  return { messages, engines, eventsOf, until, ask, send, close: studio.close };
}

export type Kit = ReturnType<typeof startStudio>;

/** The values of a frame, asked for. */
export async function frameOf(
  kit: Kit,
  run: number,
  wire: string,
  iteration: readonly number[] = [],
): Promise<readonly number[]> {
  const ticket = kit.ask(run, { type: "frame", wire, iteration });
  const { tensor } = await kit.until(run, "frame", (event) => event.ticket === ticket);
  return Array.from(tensor.data, Number);
}
