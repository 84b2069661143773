import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { beforeEach, expect, test } from "vitest";
import { dropFile, patient, type Hand } from "../support/editor-hand.ts";
import { editorSite } from "../support/editor-site.ts";

const site = editorSite();
let page: Page;
let hand: Hand;

const size = "graph/reverse/body/size";

beforeEach(async () => {
  ({ page, hand } = await site.open());
});

/** The opening example with a wire that cannot be one, and two params that are none, all at one node. */
async function openBroken(): Promise<void> {
  const path = new URL("../../graphs/examples/mixture-2d.json", import.meta.url);
  const graph = JSON.parse(readFileSync(path, "utf8")) as {
    name: string;
    graph: { reverse: { body: { size: Record<string, unknown> } } };
  };
  graph.name = "Broken";
  const { size: node } = graph.graph.reverse.body;
  node["in"] = { x: "@level" };
  node["params"] = { ones: 1, twos: 2 };
  await dropFile(page, "broken.json", JSON.stringify(graph));
  await expect
    .poll(() => page.getByLabel("Name of the graph").inputValue(), patient)
    .toBe("Broken");
  await hand.showAll();
}

const selected = () => page.locator(".react-flow__node.selected, .react-flow__edge.selected");
const rows = () => page.locator(".problems-place");

test("a press on the problem of a wire shows that wire, in the body that it is drawn in", async () => {
  await openBroken();
  await page.getByRole("tab", { name: /^Problems/ }).click();
  await rows().filter({ hasText: "size · in x" }).click();
  await expect.poll(() => selected().count(), patient).toBe(1);
  expect(await selected().getAttribute("data-id")).toBe(`${size}/in/x`);
  // The whole graph is still what is looked at.
  expect(await page.locator(".canvas-crumbs").count()).toBe(0);
  await hand.node(size).waitFor(patient);
});

test("F8 goes to every problem in turn and around, also where one node has several; a mend by keyboard leaves the keyboard at the next", async () => {
  await openBroken();
  await page.getByRole("tab", { name: /^Problems/ }).click();
  await expect.poll(() => rows().count(), patient).toBeGreaterThanOrEqual(3);
  const count = await rows().count();
  const seen: string[] = [];
  for (let i = 0; i <= count; i += 1) {
    await page.keyboard.press("F8");
    const now = page.locator(`.problems-place[tabindex="0"]`);
    if (i > 0)
      await expect.poll(() => now.getAttribute("data-problem"), patient).not.toBe(seen.at(-1));
    seen.push((await now.getAttribute("data-problem")) ?? "");
  }
  expect(new Set(seen).size).toBe(count);
  expect(seen.at(-1)).toBe(seen[0]);
  const mend = page.getByRole("button", { name: "Remove “ones”" });
  await mend.focus();
  await page.keyboard.press("Enter");
  await expect.poll(() => rows().count(), patient).toBe(count - 1);
  await expect.poll(() => page.locator(".problems-place:focus").count(), patient).toBe(1);
});

test("a command finds what is being typed: the name, a label", async () => {
  await hand.done();
  await page.getByLabel("Name of the graph").fill("Mine now");
  const saved = await hand.downloadOf(() => page.keyboard.press("Control+s"));
  expect(saved.suggestedFilename()).toBe("mine-now.json");
  await hand.node(size).locator(".canvas-title").click();
  await page.getByLabel("Label of size").fill("How far");
  const again = await hand.downloadOf(() => page.keyboard.press("Control+s"));
  expect(readFileSync(await again.path(), "utf8")).toContain('"How far"');
  expect(await page.locator(":focus").inputValue()).toBe("How far");
});
