import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import sharp from "sharp";
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

test("drawings lie on the ground of the page, in both themes", async () => {
  const drawn = Object.entries(provenance).flatMap(([name, { command = "" }]) =>
    command === "wiring" || command.includes("--samples") ? [name] : [],
  );
  expect(drawn.length).toBeGreaterThan(0);
  for (const name of drawn) {
    const picture = sharp(readFileSync(new URL(`pictures/${name}`, graphs)));
    expect((await picture.stats()).isOpaque, name).toBe(false);
  }
});
