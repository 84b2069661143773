import type { Page } from "playwright-core";
import { beforeEach, expect, test } from "vitest";
import { dropFile, patient, type Hand } from "../support/editor-hand.ts";
import { editorSite } from "../support/editor-site.ts";

const site = editorSite();
let page: Page;
let hand: Hand;

beforeEach(async () => {
  ({ page, hand } = await site.open());
});

/** Adds by the button, as nodes are added. */
async function add(words: string): Promise<void> {
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await hand.search.fill(words);
  await page.getByRole("option").first().waitFor(patient);
  await page.keyboard.press("Enter");
  await hand.search.waitFor({ state: "detached" });
}

async function command(words: string): Promise<void> {
  await page.keyboard.press("Control+k");
  const search = page.getByRole("dialog").getByRole("combobox");
  await search.fill(words);
  await page.getByRole("option", { name: words }).first().waitFor(patient);
  await page.keyboard.press("Enter");
  await search.waitFor({ state: "detached" });
}

interface Saved {
  readonly graph: Readonly<Record<string, { readonly type: string; readonly use?: string }>>;
  readonly blocks: Readonly<Record<string, { readonly name?: string }>>;
}
const saved = async () => JSON.parse(await hand.savedText()) as Saved;

async function openEmpty(name: string, blocks = {}): Promise<void> {
  const graph = { denoodle: 1, name, inputs: {}, graph: {}, outputs: {}, blocks };
  await dropFile(page, "empty.json", JSON.stringify(graph));
  const title = page.getByLabel("Name of the graph");
  await expect.poll(() => title.inputValue(), patient).toBe(name);
}

test("a block of Denoodle is a node of any graph: it comes with what it uses, in one step", async () => {
  await openEmpty("Mine");
  await add("SGLD");
  await hand.node("graph/sgld").waitFor(patient);
  await add("SGLD");
  await hand.node("graph/sgld2").waitFor(patient);
  const { graph, blocks } = await saved();
  expect(graph).toEqual({
    sgld: { type: "block", use: "sgld" },
    sgld2: { type: "block", use: "sgld" },
  });
  expect(Object.keys(blocks)).toEqual(["sgld"]);
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+z");
  await hand.node("graph/sgld").waitFor({ state: "detached" });
  expect((await saved()).blocks).toEqual({});
});

test("a block that was made in one graph is kept for others, also after a reload, and is gone when it is removed", async () => {
  await page.locator(".react-flow__pane").click({ position: { x: 5, y: 5 } });
  await hand.node("graph/reverse/body/size").locator(".canvas-title").click();
  await page.keyboard.press("g");
  await hand.node("graph/reverse/body/block").waitFor(patient);
  await command("Keep the block");
  await page.getByText("other graphs find it where nodes are added").first().waitFor(patient);
  await page.reload();
  await page.waitForSelector(".react-flow__node");
  // which has another block of that name
  await openEmpty("Another", { block: { inputs: {}, graph: {}, outputs: {} } });
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await hand.search.fill("own-block:block");
  await page.getByRole("option", { name: /own-block:block/ }).waitFor(patient);
  await page.keyboard.press("Enter");
  await hand.node("graph/block2").waitFor(patient);
  expect(Object.keys((await saved()).blocks)).toEqual(["block", "block2"]);
  await command("My files");
  await page.getByRole("button", { name: "Remove block.json" }).click();
  await page.getByText("No files yet.").waitFor(patient);
});
