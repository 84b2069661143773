import type { InferenceSession, Tensor } from "onnxruntime-common";
import type { DeviceTensor, Feeds, Session } from "./backend.ts";
import { runError } from "./ort-errors.ts";
import { OrtTensor } from "./ort-tensor.ts";

/** How calls of one backend are queued: onnxruntime-web refuses two at once. */
export type Queue = <T>(task: () => Promise<T>) => Promise<T>;

/** What a session knows of its backend. */
export interface SessionHost {
  readonly owner: object;
  readonly queue: Queue;
  /** With device buffers, onnxruntime refuses to return fewer outputs than the model has. */
  readonly fetchesAll: boolean;
  readonly onRelease: () => void;
}

/** An onnxruntime session as ours. */
export class OrtSession implements Session {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly #session: InferenceSession;
  readonly #host: SessionHost;
  #released = false;

  constructor(session: InferenceSession, host: SessionHost) {
    this.inputs = session.inputNames;
    this.outputs = session.outputNames;
    this.#session = session;
    this.#host = host;
  }

  async run(feeds: Feeds, fetch: readonly string[] = this.outputs): Promise<Feeds> {
    if (this.#released) throw new TypeError("Session.run: the session was released");
    const values = Object.fromEntries(
      Object.entries(feeds).map(([name, fed]) => [name, this.#valueOf(name, fed)]),
    );
    const asked = this.#host.fetchesAll ? this.outputs : fetch;
    const results = await this.#host.queue(() => this.#runNow(values, asked, feeds));
    return this.#keep(results, new Set(fetch));
  }

  #keep(results: Readonly<Record<string, Tensor>>, wanted: ReadonlySet<string>): Feeds {
    const kept: Record<string, DeviceTensor> = {};
    for (const [name, value] of Object.entries(results)) {
      if (wanted.has(name)) kept[name] = new OrtTensor(value, this.#host.owner);
      else value.dispose();
    }
    return kept;
  }

  async #runNow(
    values: Readonly<Record<string, Tensor>>,
    fetch: readonly string[],
    feeds: Feeds,
  ): Promise<Readonly<Record<string, Tensor>>> {
    try {
      return await this.#session.run(values, fetch);
    } catch (cause) {
      throw runError(cause, this.#session.inputMetadata, feeds);
    }
  }

  #valueOf(name: string, fed: DeviceTensor): Tensor {
    if (!(fed instanceof OrtTensor) || fed.owner !== this.#host.owner)
      throw new TypeError(`Session.run: the feed "${name}" belongs to another backend`);
    return fed.value;
  }

  async release(): Promise<void> {
    if (this.#released) return;
    this.#released = true;
    this.#host.onRelease();
    await this.#host.queue(() => this.#session.release());
  }
}
