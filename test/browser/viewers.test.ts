import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchChromium } from "../support/chromium.ts";
import { servePages, type ServedPages } from "../support/serve-pages.ts";
import type { ViewersPage } from "./viewers-page.ts";
import { until } from "../support/until.ts";

let pages: ServedPages;
let browser: Browser;
let page: Page;
const faults: string[] = [];

beforeAll(async () => {
  pages = await servePages("viewers");
  browser = await launchChromium();
  page = await browser.newPage({ viewport: { width: 1280, height: 1400 } });
  page.on("pageerror", ({ message }) => faults.push(message));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") faults.push(message.text());
  });
  await page.goto(pages.url);
  await until(page, "globalThis.viewers !== undefined");
});

afterAll(async () => {
  await browser?.close();
  await pages?.close();
});

type Asked = (viewers: ViewersPage) => unknown;
const ask = <T>(work: (viewers: ViewersPage) => T): Promise<Awaited<T>> =>
  page.evaluate(`(${String(work as Asked)})(globalThis.viewers)`) as Promise<Awaited<T>>;
const asked = (name: string, ...args: readonly unknown[]): Promise<unknown> =>
  page.evaluate(`globalThis.viewers.${name}(...${JSON.stringify(args)})`);

const card = (wire: string): string => `li[aria-label="Probe of ${wire}"]`;
const choose = (wire: string, viewer: string): Promise<unknown> =>
  page.locator(`${card(wire)} header select`).selectOption(viewer);
const coloursReach = (selector: string, least: number): Promise<void> =>
  expect.poll(() => asked("colours", selector)).toBeGreaterThanOrEqual(least);

describe("viewers in the page", () => {
  test.each([
    ["batch.x", "image", 20],
    ["batch.x", "signed", 20],
    ["batch.x", "histogram", 5],
    ["batch.x", "spectrum", 5],
    ["batch.x", "curve", 3],
    ["pair.x", "image", 20],
    ["points.x", "scatter", 10],
    ["music.x", "audio", 2],
    ["music.x", "spectrum", 5],
    ["norm.x", "curve", 5],
  ])("%s as %s is drawn", async (wire, viewer, colours) => {
    await choose(wire, viewer);
    await coloursReach(card(wire), colours);
  });

  test("a spectrogram is drawn by the worker", async () => {
    await choose("music.x", "audio");
    await page
      .locator(`${card("music.x")} select[aria-label="Shown as"]`)
      .selectOption("spectrogram");
    await coloursReach(card("music.x"), 20);
  });

  test("sound is heard, and stops when it is asked to", async () => {
    await choose("music.x", "audio");
    const button = page.locator(card("music.x")).getByRole("button", { name: "Play stem 1" });
    await button.click();
    await expect.poll(() => button.getAttribute("aria-pressed")).toBe("true");
    await button.click();
    await expect.poll(() => button.getAttribute("aria-pressed")).toBe("false");
  });

  test("numbers are a table of the values", async () => {
    await choose("norm.x", "numbers");
    const cell = page.locator(`${card("norm.x")} td`);
    expect(Number(await cell.first().textContent())).toBeCloseTo(10 * Math.exp(-11 / 4), 3);
    await choose("norm.x", "curve");
  });

  test("what is no number is counted", async () => {
    const said = await page.locator(`${card("broken.x")} [role=status]`).textContent();
    expect(said).toBe("96 NaN, 1 infinite");
  });

  test("the picture follows the scrubber", async () => {
    const wire = "anneal/denoise.x0";
    const range = page.locator(`${card(wire)} select[aria-label="Range"]`);
    await range.selectOption("[-1,1]");
    for (const [k, grey] of [
      [0, 0],
      [1, 128],
      [2, 255],
    ] as const) {
      await asked("scrub", [k]);
      await expect.poll(() => asked("middle", card(wire))).toEqual([grey, grey, grey]);
      await expect.poll(() => page.locator(card(wire)).textContent()).toContain(`step ${k + 1}`);
    }
    await asked("scrub", null);
  });

  test("pointing at one picture reads the value in all of the same size", async () => {
    await choose("batch.x", "image");
    await page.locator(`${card("broken.x")} canvas`).hover();
    const readout = page.locator(`${card("broken.x")} output`);
    expect(await readout.textContent()).toMatch(/^\(\d+, \d+\) \S+$/);
    expect(await page.locator(`${card("anneal/denoise.x0")} output`).count()).toBe(1);
    await page.mouse.move(1, 1);
  });
});

describe("the panel of probes", () => {
  test("a card is moved and removed by keys, and undo brings it back", async () => {
    const before = await ask((viewers) => viewers.probes());
    await page.locator(card("batch.x")).focus();
    await page.keyboard.press("Alt+ArrowLeft");
    expect((await ask((viewers) => viewers.probes())).slice(0, 2)).toEqual(["batch.x", before[0]]);
    await page.locator(card("batch.x")).focus();
    await page.keyboard.press("Delete");
    expect(await ask((viewers) => viewers.probes())).not.toContain("batch.x");
    await ask((viewers) => viewers.undo());
    await ask((viewers) => viewers.undo());
    expect(await ask((viewers) => viewers.probes())).toEqual(before);
  });

  test("a probe is enlarged, and the next is a step away", async () => {
    await page.locator(card("batch.x")).focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog");
    expect(await dialog.getByRole("heading").textContent()).toBe("batch.x");
    await coloursReach("[role=dialog]", 20);
    await dialog.getByRole("button", { name: "Next probe" }).click();
    expect(await dialog.getByRole("heading").textContent()).toBe("pair.x");
    await page.keyboard.press("Escape");
    await expect.poll(() => dialog.count()).toBe(0);
  });

  test("two probes are shown side by side, over one another, and one less the other", async () => {
    await page.getByRole("button", { name: "Compare two" }).click();
    const dialog = page.getByRole("dialog");
    const choice = (name: string) => dialog.getByRole("combobox", { name, exact: true });
    await choice("Left probe").selectOption("batch.x");
    await choice("Right probe").selectOption("batch.x");
    await coloursReach("[role=dialog]", 20);
    await choice("Way to compare").selectOption("wipe");
    await dialog.getByRole("slider").waitFor();
    await choice("Way to compare").selectOption("difference");
    await dialog.getByText("root mean square 0").waitFor();
    await choice("Right probe").selectOption("points.x");
    await dialog.getByText("There is no difference of what has not the same shape").waitFor();
    await page.keyboard.press("Escape");
    await expect.poll(() => dialog.count()).toBe(0);
  });

  test("values are saved as an array for NumPy", async () => {
    await page.getByRole("button", { name: "More for batch.x" }).click();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("menuitem", { name: "Save values (NPY)" }).click(),
    ]);
    expect(download.suggestedFilename()).toBe("batch.x.npy");
  });
});

describe("what is drawn elsewhere", () => {
  test("the scene shows its layers, and each can be hidden", async () => {
    const all = Number(await asked("colours", "#scene"));
    expect(all).toBeGreaterThan(50);
    const legend = page.locator("#scene button");
    expect(await legend.allTextContents()).toEqual([
      "Prior",
      "Measurement",
      "Exact posterior",
      "Trails",
      "Sampler",
    ]);
    await legend.first().click();
    expect(await legend.first().getAttribute("aria-pressed")).toBe("false");
    await expect.poll(async () => Number(await asked("colours", "#scene"))).toBeLessThan(all);
    await legend.first().click();
  });

  test("previews are drawn while they are in sight, watch nothing else, and come back at once", async () => {
    const before = Number(await asked("watchers", "batch.x"));
    await asked("showPreviews", true);
    await page.locator("#previews").scrollIntoViewIfNeeded();
    await coloursReach('[data-preview="batch.x"]', 20);
    await coloursReach('[data-preview="points.x"]', 1);
    expect(await asked("watchers", "batch.x")).toBe(before + 1);
    await asked("showPreviews", false);
    await expect.poll(() => asked("watchers", "batch.x")).toBe(before);
  });
});

test.each(["light", "dark"] as const)("axe finds nothing, %s", async (theme) => {
  await asked("theme", theme);
  expect(await ask((viewers) => viewers.axe())).toEqual([]);
});

test("nothing was complained of", () => {
  expect(faults).toEqual([]);
});
