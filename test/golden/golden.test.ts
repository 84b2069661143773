import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { Backend } from "../../runtime/execute/backend.ts";
import { createNodeBackend } from "../../runtime/execute/ort-node.ts";
import { checkMapped, mappingOf, readManifest, replay } from "./replay.ts";

const folder = path.join(import.meta.dirname, "dev");
let backend: Backend;
beforeAll(async () => {
  ({ backend } = await createNodeBackend("cpu"));
});

describe("the authors' trajectories", () => {
  test("are compared in every array with a tolerance, or say why not", () => {
    const [golden] = readManifest(folder);
    const mapping = golden === undefined ? undefined : mappingOf(golden);
    if (golden === undefined || mapping === undefined) throw new Error("no case");
    const more = { ...golden, tolerance: { ...golden.tolerance, traj_new: 1e-5 } };
    expect(() => checkMapped(golden, mapping)).not.toThrow();
    expect(() => checkMapped(more, mapping)).toThrow("traj_new");
    const unmapped = { traj_new: "The graph keeps no such state." };
    expect(() => checkMapped(more, { ...mapping, unmapped })).not.toThrow();
    expect(() => checkMapped(golden, { ...mapping, unmapped })).toThrow("without a tolerance");
  });

  test.each(readManifest(folder).map((golden) => [golden.id, golden] as const))(
    "%s",
    async (_, golden) => {
      const comparisons = await replay(folder, golden, backend);
      for (const { array, deviation, tolerance } of comparisons)
        expect(deviation, `${array} (tolerance ${tolerance})`).toBeLessThanOrEqual(tolerance);
    },
  );
});
