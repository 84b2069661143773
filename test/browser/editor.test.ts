import { readFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { readDocument } from "../../runtime/graph/read.ts";
import { writeDocument } from "../../runtime/graph/write.ts";
import { validate } from "../../runtime/graph/validate.ts";
import { registry } from "../../nodes/index.ts";
import { launchChromium } from "../support/chromium.ts";
import { serveEditor } from "../support/serve-editor.ts";
import type { ServedPages } from "../support/serve-pages.ts";

let site: ServedPages;
let browser: Browser;
let page: Page;
let troubles: string[];

beforeAll(async () => {
  site = await serveEditor();
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

beforeEach(async () => {
  troubles = [];
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  page = await context.newPage();
  page.on("pageerror", (error) => troubles.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") troubles.push(message.text());
  });
  await page.goto(site.url);
  await page.waitForSelector(".react-flow__node");
});

afterEach(async () => {
  await page.context().close();
  expect(troubles).toEqual([]);
});

const node = (key: string) => page.locator(`.react-flow__node[data-id="${key}"]`);
const handle = (key: string) => page.locator(`[data-handleid="${key}"]`);

/** The graph as the page would save it. */
async function savedText(): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page
      .getByRole("button", { name: "File menu" })
      .click()
      .then(() => page.getByRole("menuitem", { name: /^Save as/ }).click()),
  ]);
  return readFileSync(await download.path(), "utf8");
}

async function drag(
  from: ReturnType<Page["locator"]>,
  to: ReturnType<Page["locator"]>,
): Promise<void> {
  const [a, b] = [await from.boundingBox(), await to.boundingBox()];
  if (a === null || b === null) throw new Error("what is dragged is not on the screen");
  await page.mouse.move(a.x + a.width / 2, a.y + a.height / 2);
  await page.mouse.down();
  await page.mouse.move((a.x + b.x) / 2, (a.y + b.y) / 2, { steps: 4 });
  await page.mouse.move(b.x + b.width / 2, b.y + b.height / 2, { steps: 4 });
  await page.mouse.up();
}

test("opens on an example that runs by itself", async () => {
  await page.getByText("Done", { exact: true }).waitFor({ timeout: 90_000 });
  await page.getByRole("tab", { name: "Probes" }).click();
  await page.getByText("reverse/denoise.x0").first().waitFor();
});

test("what is saved is what the command line takes, byte for byte", async () => {
  const text = await savedText();
  const { document, issues } = readDocument(text);
  expect(issues).toEqual([]);
  if (document === null) throw new Error("it could not be read");
  expect(validate(document, registry)).toEqual([]);
  expect(writeDocument(document)).toBe(text);
});

test("a node is added from the palette, wired by the mouse, and all of it is undone", async () => {
  const before = await savedText();
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByRole("combobox").fill("scale");
  await page.keyboard.press("Enter");
  await node("graph/scale").waitFor();
  await page.keyboard.press("Control+z");
  await node("graph/scale").waitFor({ state: "detached" });
  expect(await savedText()).toBe(before);
});

test("a wire that may not be drawn says why, and draws nothing", async () => {
  const before = await savedText();
  await drag(handle("inputs/prior/out"), handle("graph/measure/in/x"));
  await expect
    .poll(() => page.locator("[data-announcer]").allInnerTexts())
    .toContainEqual(expect.stringContaining("prior"));
  expect(await savedText()).toBe(before);
});

test("a broken file changes nothing and says where it is broken", async () => {
  const before = await savedText();
  const transfer = await page.evaluateHandle(
    `(() => {
      const data = new DataTransfer();
      data.items.add(new File(['{ "denoodle": 1, "name": '], "broken.json", { type: "application/json" }));
      return data;
    })()`,
  );
  await page.dispatchEvent("body", "drop", { dataTransfer: transfer });
  await page
    .getByText(/line 1/i)
    .first()
    .waitFor();
  await page.keyboard.press("Escape");
  expect(await savedText()).toBe(before);
});
