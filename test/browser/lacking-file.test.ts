import type { Page } from "playwright-core";
import { test } from "vitest";
import { fileURLToPath } from "node:url";
import { dropFile, patient } from "../support/editor-hand.ts";
import { editorSite } from "../support/editor-site.ts";

const site = editorSite();

const picture = fileURLToPath(new URL("../../graphs/assets/chelsea_64.png", import.meta.url));

const graph = {
  denoodle: 1,
  name: "Own picture",
  inputs: { photo: { kind: "signal", default: { asset: "mine.png" } } },
  graph: { half: { type: "math/scale", v: 1, params: { factor: 0.5 }, in: { x: "@photo" } } },
  outputs: { x0: "half.x" },
};

const problem = (page: Page) => page.getByRole("button", { name: /There is no file "mine\.png"/ });

test("a picture that the graph names and nobody has is a problem as soon as the graph is open, and none once it is given", async () => {
  const { page, hand } = await site.open();
  await hand.done();
  await dropFile(page, "own.json", JSON.stringify(graph));
  await page.locator('.run-status[data-phase="idle"]').waitFor(patient);
  await page.getByRole("tab", { name: /Problems/ }).click();
  await problem(page).waitFor(patient);
  await problem(page).click();
  await page.locator('.react-flow__node.selected[data-id="inputs/photo"]').waitFor(patient);
  await page.locator(".own-files-choose input").setInputFiles(picture);
  await problem(page).waitFor({ ...patient, state: "detached" });
  await hand.done();
});
