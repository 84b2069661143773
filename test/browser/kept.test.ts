import type { Page } from "playwright-core";
import { beforeEach, expect, test } from "vitest";
import { example } from "../studio/kit.ts";
import { dropFile, patient, pictureAfter, type Hand } from "../support/editor-hand.ts";
import { editorSite } from "../support/editor-site.ts";

const site = editorSite();
let page: Page;
let hand: Hand;

beforeEach(async () => {
  ({ page, hand } = await site.open());
});

/** The opening example with a number of its result, and a factor behind that. */
function measured(): string {
  const { ui: _, ...document } = structuredClone(example(12)) as unknown as {
    ui: unknown;
    graph: Record<string, unknown>;
    outputs: Record<string, string>;
  };
  document.graph["scaled"] = {
    type: "math/scale",
    v: 1,
    params: { factor: 2 },
    in: { x: "reverse.x" },
  };
  document.outputs["scaled"] = "scaled.x";
  return JSON.stringify({ ...document, name: "Measured" });
}

const done = () =>
  page.locator('.run-status[data-phase="done"][data-stale="false"]').waitFor(patient);
const card = (key: string, name: string) =>
  hand.node(key).getByRole("img", { name, exact: true }).first();
const guided = "graph/reverse/body/guided";

test("a change behind the zone runs what is behind it: cards, bar and timeline tell what was kept, and why", async () => {
  await hand.done();
  await dropFile(page, "measured.json", measured());
  await page.locator('.run-status[data-phase="idle"]').waitFor(patient);
  await page.keyboard.press("F5");
  await done();
  await hand.showAll();
  await hand.node("graph/scaled").locator(".canvas-title").click();
  const factor = page.getByRole("spinbutton", { name: /factor/i });
  // Runs again by itself, as the graph is quick.
  await factor.fill("3");
  await factor.press("Enter");
  await page.locator(".run-words", { hasText: "kept" }).waitFor(patient);
  await done();
  await card(guided, "Kept from the run before").waitFor(patient);
  await card("graph/scaled", "Computed, as the graph is now").waitFor(patient);
  await hand.node(guided).locator(".canvas-title").click();
  await page
    .locator(".inspector-run", { hasText: "Nothing that it is made from was changed." })
    .waitFor(patient);
  const outputs = page.getByRole("region", { name: "Outputs" });
  await outputs.getByRole("button", { name: "x0" }).click();
  const canvas = outputs.locator(".viewers-watched canvas").first();
  const end = await pictureAfter(canvas, null);
  await page.getByRole("slider", { name: "Step of reverse" }).focus();
  await page.keyboard.press("Home");
  await page.locator(".timeline-readout", { hasText: "Step 1 of 13" }).waitFor(patient);
  await pictureAfter(canvas, end);
});

test("a card that is out of date says what was changed", async () => {
  await hand.done();
  await dropFile(page, "measured.json", measured());
  await page.locator('.run-status[data-phase="idle"]').waitFor(patient);
  await page.keyboard.press("F11");
  await page.locator('.run-status[data-phase="paused"]').waitFor(patient);
  await hand.showAll();
  await hand.node("graph/scaled").locator(".canvas-title").click();
  const factor = page.getByRole("spinbutton", { name: /factor/i });
  await factor.fill("3");
  await factor.press("Enter");
  await card("graph/scaled", "Changed since it was run").waitFor(patient);
  await page
    .locator(".inspector-run", { hasText: "factor of scaled was 2 and is 3 now." })
    .waitFor(patient);
  expect(await card("graph/scaled", "Changed since it was run").getAttribute("title")).toContain(
    "factor of scaled was 2 and is 3 now.",
  );
  expect(await card(guided, "Changed since it was run").count()).toBe(0);
});
