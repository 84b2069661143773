import type { NetworkModel } from "../graph/values.ts";
import type { TensorData } from "../tensor/tensor.ts";
import type { Backend, DeviceTensor } from "./backend.ts";
import type { SessionCache } from "./session-cache.ts";

type Feeds = Readonly<Record<string, TensorData>>;

/** Runs a network once by the names of its file, outside of any graph; a session is kept for each shape. */
export function networkEvaluator(
  model: NetworkModel,
  backend: Backend,
  sessions: SessionCache,
): (bytes: Uint8Array, feeds: Feeds) => Promise<Feeds> {
  return async (_, feeds) => {
    const shapes = Object.entries(feeds).map(([input, { shape }]) => [input, shape] as const);
    const session = await sessions.network(model, Object.fromEntries(shapes));
    const tensors: DeviceTensor[] = [];
    try {
      const fed: Record<string, DeviceTensor> = {};
      for (const [name, data] of Object.entries(feeds)) {
        fed[name] = backend.upload(data);
        tensors.push(fed[name]);
      }
      const results: Record<string, TensorData> = {};
      for (const [name, tensor] of Object.entries(await session.run(fed))) {
        tensors.push(tensor);
        const { data, ...type } = await backend.download(tensor);
        results[name] = { ...type, data: data.slice() } as TensorData;
      }
      return results;
    } finally {
      for (const tensor of tensors) tensor.dispose();
    }
  };
}
