import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { createNodeBackend } from "../../runtime/execute/ort-node.ts";
import { readNpy } from "../../runtime/tensor/npy.ts";
import type { TensorData } from "../../runtime/tensor/tensor.ts";
import { newFolder } from "../support/new-folder.ts";
import { runHere } from "../cli/support/try-run.ts";
import { readManifest } from "./manifest.ts";
import { prepareCase, replay } from "./replay.ts";
import { writeCase } from "./write-case.ts";

const folder = path.join(import.meta.dirname, "dev");

/** One with a gradient, one with an inner loop, one with a branch and four streams. */
test.each(["cpigdm_inpaint", "daps_inpaint", "projdiff_noisy_sr4"])(
  "denoodle run gives the bits of the golden runner: %s",
  async (id) => {
    const golden = readManifest(folder).find((one) => one.id === id);
    if (golden === undefined) throw new Error(`there is no case ${id}`);
    const prepared = prepareCase(folder, golden);
    const here = newFolder();
    writeCase(here, prepared);
    const { exit, issues } = await runHere(
      here,
      prepared.rule.graph,
      "--task=task.json",
      "--tape=tape.npz",
      "--out=result",
      "--threads=1",
    );
    expect({ exit, issues }).toEqual({ exit: 0, issues: [] });
    const { backend } = await createNodeBackend("cpu", { threads: 1 });
    const { outputs } = await replay(prepared, backend);
    await backend.close();
    const file = readNpy(readFileSync(path.join(here, "result", "x0.npy")));
    const expected = outputs["x0"] as TensorData;
    expect(file.shape).toEqual(expected.shape);
    expect(file.data).toEqual(expected.data);
  },
);
