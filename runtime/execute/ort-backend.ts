import type {
  InferenceSession,
  InferenceSessionFactory,
  Tensor,
  TensorConstructor,
} from "onnxruntime-common";
import { writeModel } from "../onnx/write-model.ts";
import type { DType, TensorData } from "../tensor/tensor.ts";
import { lowerProgram } from "../trace/lower.ts";
import type {
  Backend,
  BackendId,
  DeviceTensor,
  ModelProgram,
  ModelSource,
  Session,
  SessionOptions,
} from "./backend.ts";
import { identityModel } from "./identity-model.ts";
import { memoryNeeded } from "./memory-needed.ts";
import { modelOutputs } from "./model-outputs.ts";
import { modelError } from "./ort-errors.ts";
import { OrtSession, type Queue } from "./ort-session.ts";
import { OrtTensor, toOrtTensor, toTensorData } from "./ort-tensor.ts";
import { refuseMemory, type MemoryBound } from "./refuse-memory.ts";

/** The part of onnxruntime-node and onnxruntime-web that a backend uses. */
export interface Ort {
  readonly Tensor: TensorConstructor;
  readonly InferenceSession: InferenceSessionFactory;
}

/** How a host sets onnxruntime up for one device. */
export interface OrtSetup {
  readonly ort: Ort;
  readonly id: BackendId;
  readonly chosen: string;
  readonly options: InferenceSession.SessionOptions;
  /** Outputs stay in device buffers. */
  readonly deviceOutputs: boolean;
  /** Only one call may be under way (onnxruntime-web, and webgpu). */
  readonly oneCallAtATime: boolean;
  /**
   * Reads a device buffer without a call of onnxruntime, so that the next one need not wait until the numbers are
   * there; left out where the host has no access to buffers.
   */
  readonly readBuffer?: (value: Tensor) => Promise<TensorData>;
  /** Loads a large model in a way that takes less memory; null where that does not pay or cannot be done. */
  readonly loadLarge?: LoadLarge;
  /** What models may take; left out where only the machine ends it. */
  readonly memory?: MemoryBound;
}

/** What `OrtSetup.loadLarge` is. The program is in the forms that backends run best. */
export type LoadLarge = (
  model: ModelProgram,
  options: InferenceSession.SessionOptions,
) => Promise<InferenceSession | null>;

/** A `Backend` over onnxruntime; what differs between hosts and devices is in the setup. */
export class OrtBackend implements Backend {
  readonly id: BackendId;
  readonly chosen: string;
  readonly #setup: OrtSetup;
  readonly #queue: Queue;
  readonly #open = new Set<OrtSession>();
  readonly #copiers = new Map<string, Promise<Session>>();

  constructor(setup: OrtSetup) {
    this.id = setup.id;
    this.chosen = setup.chosen;
    this.#setup = setup;
    this.#queue = setup.oneCallAtATime ? oneAtATime() : (task) => task();
  }

  async createSession(model: ModelSource, options: SessionOptions = {}): Promise<Session> {
    const inner = await this.#queue(() => this.#load(model, options.hostOutputs ?? []));
    const session: OrtSession = new OrtSession(inner, {
      owner: this,
      queue: this.#queue,
      fetchesAll: this.#setup.deviceOutputs,
      onRelease: () => this.#open.delete(session),
    });
    this.#open.add(session);
    return session;
  }

  async #load(source: ModelSource, hostOutputs: readonly string[]): Promise<InferenceSession> {
    const { memory } = this.#setup;
    if (source instanceof Uint8Array) {
      if (memory !== undefined) refuseMemory({ weights: source.length, tensors: 0 }, memory);
      return this.#loadBytes(source, hostOutputs);
    }
    const model = { ...source, program: lowerProgram(source.program) };
    if (memory !== undefined) refuseMemory(memoryNeeded(model.program), memory);
    const large = await this.#loadLarge(model);
    return large ?? this.#loadBytes(writeModel(model.program, model), hostOutputs);
  }

  async #loadLarge(model: ModelProgram): Promise<InferenceSession | null> {
    const { options, loadLarge } = this.#setup;
    try {
      return (await loadLarge?.(model, options)) ?? null;
    } catch (cause) {
      throw modelError(cause);
    }
  }

  async #loadBytes(model: Uint8Array, hostOutputs: readonly string[]): Promise<InferenceSession> {
    const { ort, options, deviceOutputs } = this.#setup;
    try {
      if (!deviceOutputs) return await ort.InferenceSession.create(model, options);
      const preferredOutputLocation = locations(model, new Set(hostOutputs));
      return await ort.InferenceSession.create(model, { ...options, preferredOutputLocation });
    } catch (cause) {
      throw modelError(cause);
    }
  }

  upload(data: TensorData): DeviceTensor {
    return new OrtTensor(toOrtTensor(this.#setup.ort.Tensor, data), this);
  }

  async place(data: TensorData): Promise<DeviceTensor> {
    const host = this.upload(data);
    // An empty tensor needs no buffer, and WebGPU has none for it.
    if (!this.#setup.deviceOutputs || data.data.length === 0) return host;
    return this.#copy(host, "place");
  }

  async download(tensor: DeviceTensor): Promise<TensorData> {
    if (!(tensor instanceof OrtTensor) || tensor.owner !== this)
      throw new TypeError("Backend.download: the tensor belongs to another backend");
    const { value } = tensor;
    if (value.location === "cpu") return toTensorData(value, value.data);
    const { readBuffer } = this.#setup;
    if (readBuffer !== undefined) return readBuffer(value);
    // Not `getData`: in Node it aborts the process, in the page it moves the tensor to the host for good.
    const host = await this.#copy(tensor, "download");
    return this.download(host);
  }

  async #copy(tensor: DeviceTensor, direction: "place" | "download"): Promise<DeviceTensor> {
    const copier = await this.#copier(tensor.type.dtype, direction);
    const { y } = await copier.run({ x: tensor });
    if (y === undefined) throw new Error("internal: the identity model returned no y");
    return y;
  }

  #copier(dtype: DType, direction: "place" | "download"): Promise<Session> {
    const key = `${direction} ${dtype}`;
    const known = this.#copiers.get(key);
    if (known !== undefined) return known;
    const hostOutputs = direction === "download" ? ["y"] : [];
    const copier = this.createSession(identityModel(dtype), { hostOutputs });
    this.#copiers.set(key, copier);
    return copier;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#open].map((session) => session.release()));
    this.#copiers.clear();
  }
}

/** Device buffers for every output that may lie in one and that the host did not ask for. */
function locations(
  model: Uint8Array,
  host: ReadonlySet<string>,
): Record<string, Tensor.DataLocation> {
  const entries = modelOutputs(model).map(({ name, fitsWebgpu }) => [
    name,
    fitsWebgpu && !host.has(name) ? "gpu-buffer" : "cpu",
  ]);
  return Object.fromEntries(entries);
}

/** A queue in which each task starts when the one before has ended, well or not. */
function oneAtATime(): Queue {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const next = last.then(task, task);
    last = next.catch(() => undefined);
    return next;
  };
}
