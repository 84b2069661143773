import type { Backend } from "../../../runtime/execute/backend.ts";
import type { OperatorEmit } from "../../../runtime/graph/values.ts";
import type { Value } from "../../../runtime/ir/primitives.ts";
import { scalarTensor, type Shape, type TensorData } from "../../../runtime/tensor/tensor.ts";
import { createRecorder, type Recorder } from "../../../runtime/trace/recorder.ts";

/** What was written with an operator, ready to be computed. */
export interface Written {
  /** The outputs in their order, from inputs of the shapes that it was written for. */
  run(inputs: readonly TensorData[]): Promise<readonly Float32Array[]>;
  close(): Promise<void>;
}

/** Opens what `write` records on float32 inputs of these shapes. */
export type Open = (
  shapes: readonly Shape[],
  write: (emit: OperatorEmit, inputs: readonly Value[]) => readonly Value[],
) => Promise<Written>;

export function openOn(backend: Backend): Open {
  return async (shapes, write) => {
    const recorder = createRecorder();
    const inputs = shapes.map((shape) => recorder.input({ dtype: "float32", shape }));
    const program = recorder.finish(write(emitWith(recorder), inputs));
    const inputNames = inputs.map((_, i) => `i${i}`);
    const outputNames = program.outputs.map((_, i) => `o${i}`);
    const session = await backend.createSession({ program, inputNames, outputNames });
    return {
      async run(given) {
        const feeds = given.map((tensor, i) => [`i${i}`, backend.upload(tensor)] as const);
        const results = await session.run(Object.fromEntries(feeds));
        const arrays: Float32Array[] = [];
        for (const name of outputNames) {
          const tensor = results[name];
          if (tensor === undefined) throw new Error(`internal: a program gave no ${name}`);
          arrays.push(((await backend.download(tensor)).data as Float32Array).slice());
          tensor.dispose();
        }
        for (const [, tensor] of feeds) tensor.dispose();
        return arrays;
      },
      close: () => session.release(),
    };
  };
}

/** Writes with a recorder alone: no run sets host scalars, so that those which are not known are none. */
function emitWith(recorder: Recorder): OperatorEmit {
  return {
    ...recorder,
    scalar(given) {
      if (typeof given === "number") return recorder.constant(scalarTensor(given));
      if ("on" in given && given.on === "device") return given.value;
      const host = "on" in given ? given.host : given;
      if (host.known === undefined) throw new Error("internal: a host scalar without a run");
      return recorder.constant(scalarTensor(host.known.value));
    },
  };
}
