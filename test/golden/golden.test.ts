import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { Backend } from "../../runtime/execute/backend.ts";
import { createNodeBackend } from "../../runtime/execute/ort-node.ts";
import { readManifest, replay } from "./replay.ts";

const folder = path.join(import.meta.dirname, "dev");
let backend: Backend;
beforeAll(async () => {
  ({ backend } = await createNodeBackend("cpu"));
});

describe("the authors' trajectories", () => {
  test.each(readManifest(folder).map((golden) => [golden.id, golden] as const))(
    "%s",
    async (_, golden) => {
      const comparisons = await replay(folder, golden, backend);
      for (const { array, deviation, tolerance } of comparisons)
        expect(deviation, `${array} (tolerance ${tolerance})`).toBeLessThanOrEqual(tolerance);
    },
  );
});
