import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { expect, test } from "vitest";
import { shelves } from "./gallery-entry.ts";

const graphs = new URL("../../graphs/", import.meta.url);
const provenance = JSON.parse(
  readFileSync(new URL("pictures/PROVENANCE.json", graphs), "utf8"),
) as Readonly<Record<string, { readonly command?: string }>>;

test("every shipped graph has a small picture, which says how it was made", () => {
  const shipped = shelves.flatMap((shelf) =>
    readdirSync(new URL(`${shelf}/`, graphs))
      .filter((name) => name.endsWith(".json"))
      .map((name) => `${shelf}-${name.replace(/json$/, "webp")}`),
  );
  const faults = shipped.filter((name) => {
    const picture = new URL(`pictures/${name}`, graphs);
    const isSmall = existsSync(picture) && statSync(picture).size <= 12 * 1024;
    return !isSmall || provenance[name]?.command === undefined;
  });
  expect(faults, "node scripts/gallery-pictures.mjs draws them").toEqual([]);
});
