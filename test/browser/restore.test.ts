import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { unzipSync } from "fflate";
import type { Page } from "playwright-core";
import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, inject, onTestFinished, test, vi } from "vitest";
import { readDocument } from "../../runtime/graph/read.ts";
import { readNpy } from "../../runtime/tensor/npy.ts";
import { runHere } from "../cli/support/try-run.ts";
import { startTestServer } from "../server/support/test-server.ts";
import { handOn, patient, type Hand } from "../support/editor-hand.ts";
import { editorSite } from "../support/editor-site.ts";
import { until } from "../support/until.ts";
import { violationsIn } from "../support/violations.ts";

const photo = fileURLToPath(new URL("../../graphs/assets/chelsea_64.png", import.meta.url));

// each runs a network several times, on a machine that may be busy
vi.setConfig({ testTimeout: 300_000 });

const site = editorSite();
let folder: string;
let page: Page;
let hand: Hand;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "denoodle-restore-"));
  await openTab();
});

afterEach(() => rmSync(folder, { recursive: true }));

async function openTab(address?: string): Promise<void> {
  ({ page, hand } = await site.open(address));
  // from now on the page's pickers of files are Playwright's
  page.on("filechooser", () => {});
}

/** Drops a file where the page is, as from a file manager. */
async function drop(where: string, name: string, bytes: Uint8Array): Promise<void> {
  const transfer = await page.evaluateHandle(
    `(() => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(${JSON.stringify([...bytes])})], ${JSON.stringify(name)}));
      return data;
    })()`,
  );
  await page.dispatchEvent(where, "drop", { dataTransfer: transfer });
}

const dialog = (name: string) => page.locator(`[data-dialog="${name}"]`);
const mask = () => dialog("restore").locator(".restore-mask");
const button = (name: string) => page.getByRole("button", { name, exact: true });

/** A photo in the dialog, with a stroke across its middle. */
async function paintedPhoto(): Promise<void> {
  await page.keyboard.press("Alt+r");
  await dialog("restore").locator(".restore-drop").waitFor(patient);
  await drop(".restore-drop", "cat.png", readFileSync(photo));
  await mask().waitFor(patient);
  const box = await mask().boundingBox();
  if (box === null) throw new Error("the photo is not on the screen");
  const at = (x: number, y: number) => [box.x + x * box.width, box.y + y * box.height] as const;
  await page.mouse.move(...at(0.3, 0.4));
  await page.mouse.down();
  await page.mouse.move(...at(0.7, 0.5), { steps: 5 });
  await page.mouse.up();
  await expect.poll(marked, patient).toMatch(/^The photo; [1-9]/);
}

const marked = () => mask().getAttribute("aria-label");

async function fewSteps(): Promise<void> {
  await dialog("restore").getByText("Method", { exact: true }).click();
  await page.getByLabel("Steps").fill("3");
  await page.getByLabel("Steps").press("Enter");
}

/** Restores, and waits for the end of the run. */
async function restored(): Promise<void> {
  await button("Restore").click();
  await doneBeside();
}

const doneBeside = () =>
  dialog("before-after")
    .locator('.run-status[data-phase="done"][data-stale="false"]')
    .waitFor({ timeout: 240_000 });

async function savedAs(name: string): Promise<string> {
  const download = await hand.downloadOf(() => button(name).click());
  const path = join(folder, download.suggestedFilename());
  await download.saveAs(path);
  return path;
}

/** The graph and its files beside one another, as a person unpacks them. */
function unpacked(zip: string): string {
  for (const [name, bytes] of Object.entries(unzipSync(readFileSync(zip)))) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
  return folder;
}

const pixelsOf = async (file: string) =>
  sharp(file).removeAlpha().raw().toBuffer({ resolveWithObject: true });

/** The most by which two pictures of one size differ, in levels of 255. */
async function mostApart(file: string, other: string): Promise<number> {
  const [a, b] = [await pixelsOf(file), await pixelsOf(other)];
  expect([a.info.width, a.info.height]).toEqual([b.info.width, b.info.height]);
  return a.data.reduce((most, value, i) => Math.max(most, Math.abs(value - (b.data[i] ?? 0))), 0);
}

/** Runs the saved graph beside its files, and compares what comes with what the page saved. */
async function expectSameHeadless(): Promise<void> {
  const picture = await savedAs("Save the restored picture");
  const zip = await savedAs("Save the graph with its files");
  const command = await dialog("before-after").locator("code").textContent();
  expect(command).toBe("npx denoodle run cat-restored.json --seed 0");
  const argv = (command ?? "").split(" ").slice(3);
  const { exit, terminal } = await runHere(unpacked(zip), ...argv, "--out", "out");
  expect(terminal.errLines).toEqual([]);
  expect(exit).toBe(0);
  expect(await mostApart(picture, join(folder, "out", "x0.png"))).toBeLessThanOrEqual(1);
}

describe("restoring a photo", () => {
  test("drop, paint, restore, compare, save: the command line makes the same picture of the saved graph", async () => {
    await paintedPhoto();
    await fewSteps();
    await restored();
    await button("Save the restored picture").waitFor();
    await expectSameHeadless();
    const { document } = readDocument(readFileSync(join(folder, "cat-restored.json"), "utf8"));
    expect(document?.task).toBeUndefined();
    const known = readNpy(readFileSync(join(folder, "cat-mask.npy")));
    expect(known.shape).toEqual([1, 64, 64]);
    const missing = [...known.data].filter((value) => value === 0).length;
    expect(missing).toBeGreaterThan(100);
    // what was marked never leaves the dialog: it is grey in the photo that is kept
    const { data } = await pixelsOf(join(folder, "cat-measured.png"));
    const greys = [...known.data].map((value, i) => value === 0 && data[i * 3] === 128);
    expect(greys.filter(Boolean)).toHaveLength(missing);
  });

  test("says what is before, and shows what comes after from the first step on", async () => {
    await paintedPhoto();
    await page.evaluate(`
      globalThis.saidAfter = new Set();
      new MutationObserver(() => {
        const chip = document.querySelector(".restore-chip-after");
        const canvas = document.querySelector(".restore-after");
        if (chip !== null) saidAfter.add(chip.textContent + (canvas === null ? "" : ", seen"));
      }).observe(document.body, { subtree: true, childList: true, characterData: true });
    `);
    await restored();
    const result = dialog("before-after");
    await result.getByText("Before: what is marked left out", { exact: true }).waitFor(patient);
    await result.getByText("After", { exact: true }).waitFor(patient);
    const said = (await page.evaluate("[...saidAfter]")) as readonly string[];
    expect(said.filter((text) => /^After: estimate at step \d+, seen$/.test(text))).not.toEqual([]);
  });

  test("from the first key to the saved file without a pointer", async () => {
    await page.keyboard.press("Alt+r");
    await until(page, "document.activeElement?.textContent === 'Choose a photo…'");
    const chooser = page.waitForEvent("filechooser");
    await page.keyboard.press("Enter");
    await (await chooser).setFiles(photo);
    await mask().waitFor(patient);
    await tabTo("Rectangle by numbers");
    await page.keyboard.press("Enter");
    await tabTo("Mark");
    await page.keyboard.press("Enter");
    await expect.poll(marked, patient).toBe("The photo; 6 % of it is marked as missing");
    await tabTo("Method");
    await page.keyboard.press("Enter");
    await focus(() => page.getByLabel("Steps"));
    await page.keyboard.press("Control+a");
    await page.keyboard.type("2");
    await page.keyboard.press("Enter");
    await tabTo("Restore");
    await page.keyboard.press("Enter");
    await doneBeside();
    await until(page, "document.activeElement?.type === 'range'");
    await page.keyboard.press("Home");
    await expect
      .poll(() => dialog("before-after").getByRole("slider").getAttribute("aria-valuetext"))
      .toBe("0 % before");
    await tabTo("Save the restored picture");
    const download = await hand.downloadOf(() => page.keyboard.press("Enter"));
    const { width, height, format } = await sharp(await download.path()).metadata();
    expect({ width, height, format }).toEqual({ width: 64, height: 64, format: "png" });
  });

  test("a small photo is enlarged, a turned one is upright, a text is refused in words", async () => {
    await page.keyboard.press("Alt+r");
    await dialog("restore").locator(".restore-drop").waitFor(patient);
    await drop(".restore-drop", "notes.png", new TextEncoder().encode("no picture"));
    await page.getByText("“notes.png” is no picture that can be read here").waitFor(patient);
    const turned = await sharp(photo)
      .resize(48, 32)
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    await drop(".restore-drop", "cat.jpg", turned);
    await page.getByText("32 × 48 pixels, restored at 32 × 48.").waitFor(patient);
    const picture = async () => page.locator(".restore-picture").screenshot();
    await page.getByText("Only a square of it").click();
    await page.getByText("32 × 32 of 32 × 48 pixels are used").waitFor(patient);
    const middle = await picture();
    await page.getByRole("slider", { name: "Which part" }).press("End");
    await page.getByText("100 % from the top").waitFor(patient);
    await expect.poll(async () => (await picture()).equals(middle), patient).toBe(false);
    await page.getByText("Only a square of it").click();
    await page.getByText("It is too small").click();
    await page.getByText("32 × 48 pixels, restored at 128 × 192.").waitFor(patient);
    await page.getByText("2 ×", { exact: true }).click();
    await page.getByText("32 × 48 pixels, restored at 64 × 96.").waitFor(patient);
    await fewSteps();
    await restored();
    await expectSameHeadless();
  });
});

/** By keyboard: moves on to what is called so. */
async function tabTo(name: string): Promise<void> {
  for (;;) {
    const text = await page.evaluate("document.activeElement?.textContent ?? ''");
    if (text === name) return;
    await page.keyboard.press("Tab");
  }
}

async function focus(find: () => ReturnType<Page["locator"]>): Promise<void> {
  const isFocused = () =>
    find().evaluate((element) =>
      (element as { matches(wanted: string): boolean }).matches(":focus"),
    );
  while (!(await isFocused())) await page.keyboard.press("Tab");
}

const opened = () =>
  expect
    .poll(() => page.getByLabel("Name of the graph").inputValue(), patient)
    .toBe("cat, restored");

/** Makes the database of version 1, with a recent file that is broken. */
const firstDatabase = `new Promise((resolve, reject) => {
  const opening = indexedDB.open("denoodle", 1);
  opening.onerror = reject;
  opening.onupgradeneeded = () => {
    const db = opening.result;
    db.createObjectStore("heads", { keyPath: "id" });
    db.createObjectStore("records", { keyPath: ["draft", "seq"] });
    const recent = db.createObjectStore("recent", { keyPath: "documentId" });
    recent.createIndex("at", "at");
    const old = { documentId: "1", fileName: "old.json", title: "Old cat", at: 1, handle: null };
    recent.put({ ...old, text: "{}" });
  };
  opening.onsuccess = () => {
    opening.result.close();
    resolve();
  };
})`;

describe("own files", () => {
  test("a graph with its files opens elsewhere; without them it says what it lacks, and takes it", async () => {
    await paintedPhoto();
    await fewSteps();
    await restored();
    const zip = readFileSync(await savedAs("Save the graph with its files"));
    await page.context().close();

    await openTab();
    await hand.done();
    await drop("body", "cat.zip", zip);
    await opened();
    await page.keyboard.press("F5");
    await hand.done();
    await page.context().close();

    await openTab();
    await hand.done();
    const files = unzipSync(zip);
    const bytesOf = (name: string) => files[name] ?? new Uint8Array();
    await drop("body", "cat-restored.json", bytesOf("cat-restored.json"));
    await opened();
    await page.keyboard.press("F5");
    await page.locator('.run-status[data-phase="failed"]').waitFor(patient);
    await page.getByRole("tab", { name: /^Problems/ }).click();
    const chooser = page.waitForEvent("filechooser");
    await button("Choose “cat-mask.npy”…").click();
    writeFileSync(join(folder, "cat-mask.npy"), bytesOf("cat-mask.npy"));
    await (await chooser).setFiles(join(folder, "cat-mask.npy"));
    await button("Choose “cat-mask.npy”…").waitFor({ state: "detached", ...patient });
    await button("Choose “cat-measured.png”…").waitFor(patient);
    await drop("body", "cat-measured.png", bytesOf("cat-measured.png"));
    await hand.done();
    expect(await hand.savedText()).toBe(new TextDecoder().decode(bytesOf("cat-restored.json")));
  });

  test("come into a database that was made before there were any, beside what it holds", async () => {
    await page.context().close();
    const context = await site.browser.newContext();
    onTestFinished(() => context.close());
    page = await context.newPage();
    hand = handOn(page);
    await page.goto(new URL("icon.svg", site.url).href);
    await page.evaluate(firstDatabase);
    await page.goto(site.url);
    await page.waitForSelector(".react-flow__node");
    await hand.fileMenu(/^Old cat/);
    await page.getByText("old.json was not opened").waitFor(patient);
    await page.keyboard.press("Escape");
    await hand.fileMenu(/^My files/);
    await page.getByText("No files yet.").waitFor(patient);
    await dialog("own-files")
      .locator("input[type=file]")
      .setInputFiles([photo, fileURLToPath(import.meta.url)]);
    await dialog("own-files").getByText("chelsea_64-2.png").waitFor(patient);
    await page.getByText("“restore.test.ts” is nothing that a graph can use").waitFor(patient);
    await page.reload();
    await page.waitForSelector(".react-flow__node");
    await hand.fileMenu(/^My files/);
    await dialog("own-files").getByText("chelsea_64-2.png").waitFor(patient);
  });

  test("are listed, marked where the graph uses them, and forgotten one by one", async () => {
    await paintedPhoto();
    await fewSteps();
    await button("Restore").click();
    await dialog("before-after").waitFor(patient);
    await button("Show the graph").click();
    await hand.fileMenu(/^My files/);
    const rows = dialog("own-files").getByRole("listitem");
    await expect.poll(() => rows.count(), patient).toBe(2);
    expect(await rows.getByText("in this graph").count()).toBe(2);
    await button("Remove cat-mask.npy").click();
    await expect.poll(() => rows.count(), patient).toBe(1);
  });

  test("go with a run to the server that the page came from, and the picture is the same", async () => {
    await page.context().close();
    const server = await startTestServer({ folder: inject("editor") });
    await openTab(server.link);
    await page.getByRole("button", { name: /^Runs/ }).click();
    await page.getByRole("menuitemradio", { name: "CPU" }).click();
    await paintedPhoto();
    await page.getByText("sends it to your own Denoodle server").waitFor();
    await fewSteps();
    await restored();
    await expectSameHeadless();
  });
});

test("in the dialogs of a restoration and of own files axe finds nothing, in either theme", async () => {
  const violations = () => violationsIn(page, "[role=dialog]");

  await page.keyboard.press("Alt+r");
  await dialog("restore").locator(".restore-drop").waitFor(patient);
  expect(await violations()).toEqual([]);
  await page.keyboard.press("Escape");
  await dialog("restore").waitFor({ state: "detached" });
  await paintedPhoto();
  await dialog("restore").getByText("Rectangle by numbers").click();
  await fewSteps();
  expect(await violations()).toEqual([]);
  await restored();
  expect(await violations()).toEqual([]);
  await button("Show the graph").click();
  await hand.fileMenu(/^My files/);
  await dialog("own-files").getByRole("listitem").first().waitFor(patient);
  expect(await violations()).toEqual([]);
});
