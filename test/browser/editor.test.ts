import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { beforeEach, describe, expect, test } from "vitest";
import { registry } from "../../nodes/index.ts";
import { readDocument } from "../../runtime/graph/read.ts";
import { readNpy } from "../../runtime/tensor/npy.ts";
import { validate } from "../../runtime/graph/validate.ts";
import { writeDocument } from "../../runtime/graph/write.ts";
import { runCommandLine } from "../support/command-line.ts";
import {
  dropFile,
  feed,
  goTo,
  handOn,
  patient,
  pictureAfter,
  tabTo,
  type Hand,
} from "../support/editor-hand.ts";
import { editorSite } from "../support/editor-site.ts";
import { violationsIn } from "../support/violations.ts";

const site = editorSite();
let page: Page;
let hand: Hand;

beforeEach(async () => {
  ({ page, hand } = await site.open());
});

const said = async () => (await page.locator("[data-announcer]").allTextContents()).join("");

test("axe finds nothing in either theme", async () => {
  await hand.done();
  expect(await violationsIn(page)).toEqual([]);
});

describe("the first minute", () => {
  test("the page opens on an example that runs; the scrubber moves the particles", async () => {
    await hand.done();
    const scene = page.locator(".scene canvas").last();
    const end = await pictureAfter(scene, null);
    const scrubber = page.getByRole("slider", { name: "Step of reverse" });
    await scrubber.focus();
    await page.keyboard.press("Home");
    await page.getByText("Step 1 of 50").waitFor();
    const start = await pictureAfter(scene, end);
    await page.keyboard.press("End");
    await page.getByText("Step 50 of 50").waitFor();
    await pictureAfter(scene, start);
  });
});

test("what is saved is what the command line takes, byte for byte", async () => {
  const text = await hand.savedText();
  const { document, issues } = readDocument(text);
  expect(issues).toEqual([]);
  if (document === null) throw new Error("it could not be read");
  expect(validate(document, registry)).toEqual([]);
  expect(writeDocument(document)).toBe(text);
});

test("everything that was done is undone, to the first bytes, and done again", async () => {
  const first = await hand.savedText();
  await hand.showAll();
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await hand.search.fill("scale");
  await page.keyboard.press("Enter");
  await hand.node("graph/scale").waitFor();
  await page.keyboard.press("Control+d");
  await hand.node("graph/scale2").waitFor();
  await hand.node("graph/measure").locator(".canvas-title").click();
  await page.keyboard.press("Alt+ArrowDown");
  await page.keyboard.press("Delete");
  await hand.node("graph/measure").waitFor({ state: "detached" });
  const last = await hand.savedText();
  const undo = page.getByRole("button", { name: /^Undo/ });
  while (await undo.isEnabled()) await undo.click();
  expect(await hand.savedText()).toBe(first);
  const redo = page.getByRole("button", { name: /^Redo/ });
  while (await redo.isEnabled()) await redo.click();
  expect(await hand.savedText()).toBe(last);
});

test("a wire that may not be drawn says why, and draws nothing", async () => {
  const before = await hand.savedText();
  await hand.showAll();
  await hand.drag(hand.handle("inputs/prior/out"), hand.handle("graph/measure/in/x"));
  await expect.poll(said, patient).toContain("prior");
  expect(await hand.savedText()).toBe(before);
});

test("a broken file changes nothing and says where it is broken", async () => {
  const before = await hand.savedText();
  await dropFile(page, "broken.json", '{ "denoodle": 1, "name": ');
  await page
    .getByText(/line 1/i)
    .first()
    .waitFor();
  await page.keyboard.press("Escape");
  expect(await hand.savedText()).toBe(before);
});

test("a page that is closed without saving gives its work back", async () => {
  await hand.showAll();
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await hand.search.fill("scale");
  await page.keyboard.press("Enter");
  await hand.node("graph/scale").waitFor();
  await hand.node("graph/measure").locator(".canvas-title").click();
  await page.keyboard.press("Delete");
  await hand.node("graph/measure").waitFor({ state: "detached" });
  await page.getByTitle(/kept in this browser/).waitFor();
  const context = page.context();
  await page.close();
  page = await context.newPage();
  hand = handOn(page);
  await page.goto(site.url);
  await page.getByRole("button", { name: /^Bring back/ }).click();
  await hand.node("graph/scale").waitFor();
  await hand.node("graph/measure").waitFor({ state: "detached" });
});

test("a run that is stopped leaves the page free", async () => {
  await hand.fileMenu(/^Gallery/);
  await page.getByRole("dialog").getByRole("button", { name: /DAPS/ }).first().click();
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await page.locator('.run-status[data-phase="running"]').waitFor(patient);
  await page.keyboard.press("Shift+F5");
  await page.locator('.run-status[data-phase="cancelled"]').waitFor(patient);
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog").waitFor();
});

describe("a new sampler", () => {
  const body = "graph/anneal/body";
  const wires = [
    ["inputs/prior/out", "denoise/in/prior", "prior"],
    ["graph/anneal/states/x/current", "denoise/in/x", "@x"],
    ["graph/anneal/each/level/current", "denoise/in/level", "@level"],
    ["graph/anneal/states/x/current", "euler/in/x", "@x"],
    [`${body}/denoise/out/x0`, "euler/in/x0", "denoise.x0"],
    ["graph/anneal/each/level/current", "euler/in/level", "@level"],
    ["graph/anneal/each/next/current", "euler/in/next", "@next"],
  ] as const;

  test("by mouse, from an empty zone; the command line gives the page's picture", async () => {
    await hand.fileMenu(/^New sampler/);
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: /^Box inpainting, 28 px/ }).click();
    await dialog.getByRole("button", { name: /^fashion28/ }).click();
    await dialog.getByRole("button", { name: "Create" }).click();
    const zone = hand.node("graph/anneal");
    await hand.addIn(page.locator(".canvas-empty-body"), [0.05, 0.2], "denoise");
    await hand.node(`${body}/denoise`).waitFor();
    await hand.addIn(zone, [0.5, 0.95], "euler");
    await hand.node(`${body}/euler`).waitFor();
    await hand.showAll();
    for (const [from, to] of wires)
      await hand.drag(hand.handle(from), hand.handle(`${body}/${to}`));
    await hand.drag(hand.handle(`${body}/euler/out/x`), hand.handle("graph/anneal/states/x/next"));
    await hand.node(`${body}/euler`).click();
    await page.keyboard.press("p");
    await page.getByRole("button", { name: /^Runs on/ }).click();
    await page.getByRole("menuitemradio", { name: "WebAssembly" }).click();
    await page.keyboard.press("F5");
    await hand.done();
    await page.getByRole("tab", { name: "Probes" }).click();
    await page.getByRole("button", { name: "More for anneal/euler.x" }).click();
    const npy = await hand.downloadOf(() =>
      page.getByRole("menuitem", { name: "Save values (NPY)" }).click(),
    );
    const here = readNpy(new Uint8Array(readFileSync(await npy.path()))).data;
    const { values: there } = await runCommandLine(await hand.savedText(), "x0");
    expect(here).toHaveLength(28 * 28);
    expect(there).toHaveLength(here.length);
    expect(Math.max(...there.map((value, i) => Math.abs(value - Number(here[i]))))).toBeLessThan(
      1e-3,
    );
    expect(Math.max(...there) - Math.min(...there)).toBeGreaterThan(1);
  });

  test("by keyboard alone", async () => {
    await page.keyboard.press("Alt+n");
    const dialog = page.getByRole("dialog");
    await dialog.waitFor();
    await tabTo(page, /^Box inpainting, 28 px/);
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("Space");
    await tabTo(page, /^fashion28/);
    await page.keyboard.press("Space");
    await tabTo(page, /^Create/);
    await page.keyboard.press("Enter");
    await hand.node("graph/anneal").waitFor();
    await goTo(page, "graph/anneal");
    await page.keyboard.press("Control+Shift+e");
    await page.keyboard.press("Enter");
    await page.locator(".canvas-crumbs").waitFor();
    for (const id of ["denoise", "euler"]) {
      await page.keyboard.press("a");
      await hand.search.waitFor();
      await page.keyboard.type(id);
      await page.keyboard.press("Enter");
      await hand.node(`${body}/${id}`).waitFor();
    }
    for (const [, to, source] of wires) await feed(page, `${body}/${to}`, source);
    await feed(page, "graph/anneal/states/x/next", "euler.x");
    await page.keyboard.press("F5");
    await hand.done();
    expect(await hand.status.innerText()).toContain("50 NFE");
  });
});
