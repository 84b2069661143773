import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { writeDocument } from "../../runtime/graph/write.ts";
import { writeNpy } from "../../runtime/tensor/npy.ts";
import { writeNpz } from "../../runtime/tensor/npz.ts";
import type { TensorData } from "../../runtime/tensor/tensor.ts";
import { networkName } from "./case-task.ts";
import type { PreparedCase } from "./replay.ts";

/** Writes a case so that `denoodle run GRAPH --task DIR/task.json --tape DIR/tape.npz` repeats it. */
export function writeCase(to: string, { task, tape, network }: PreparedCase): void {
  mkdirSync(to, { recursive: true });
  writeFileSync(path.join(to, "task.json"), writeDocument(task.task));
  writeFileSync(path.join(to, "tape.npz"), writeNpz(Object.fromEntries(rows(tape))));
  for (const [name, array] of Object.entries(task.arrays))
    writeFileSync(path.join(to, name), writeNpy(array));
  copyFileSync(network, path.join(to, networkName));
}

/** Every stream as one array whose first axis counts its draws. */
function rows(tape: PreparedCase["tape"]): readonly (readonly [string, TensorData])[] {
  return Object.entries(tape).map(([stream, draws]) => {
    if (!("length" in draws)) return [stream, draws] as const;
    const [only] = draws;
    if (only === undefined || draws.length > 1) throw new Error(`${stream}: one draw was expected`);
    return [stream, { ...only, shape: [1, ...only.shape] }] as const;
  });
}
