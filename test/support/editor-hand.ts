import { readFileSync } from "node:fs";
import type { Browser, Download, Locator, Page } from "playwright-core";
import { until } from "./until.ts";

/** Of what a page does after a key or a click, on a machine that is busy. */
export const patient = { timeout: 60_000 };

/** The editor in a tab of its own, without the pickers of files: what is saved is downloaded. */
export interface EditorTab {
  readonly page: Page;
  readonly hand: Hand;
  /** What the page threw or wrote to the console as an error. */
  readonly troubles: readonly string[];
}

export async function openEditor(browser: Browser, url: string): Promise<EditorTab> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await context.addInitScript(
    "delete window.showSaveFilePicker; delete window.showOpenFilePicker;",
  );
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on("pageerror", (error) => troubles.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") troubles.push(message.text());
  });
  await page.goto(url);
  await page.waitForSelector(".react-flow__node");
  return { page, hand: handOn(page), troubles };
}

/** What a person can do on the page, by mouse where nothing else is said. */
export const handOn = (page: Page) => {
  const node = (key: string) => page.locator(`.react-flow__node[data-id="${key}"]`);
  const handle = (key: string) => page.locator(`[data-handleid="${key}"]`);
  const search = page.getByPlaceholder("Search nodes, symbols, papers");
  const fileMenu = async (item: RegExp) => {
    await page.getByRole("button", { name: "File menu" }).click();
    await page.getByRole("menuitem", { name: item }).click();
  };
  const downloadOf = async (act: () => Promise<unknown>): Promise<Download> =>
    (await Promise.all([page.waitForEvent("download"), act()]))[0];
  return {
    node,
    handle,
    search,
    fileMenu,
    downloadOf,
    status: page.locator(".run-status"),
    /** The last run is done, and is of the graph as it stands. */
    done: () => page.locator('.run-status[data-phase="done"][data-stale="false"]').waitFor(patient),
    /** The whole graph comes into sight: only what is in sight is drawn. */
    async showAll(): Promise<void> {
      await page.getByRole("button", { name: "Show everything" }).click();
      await page.locator('.react-flow__node[data-id^="outputs/"]').first().waitFor();
    },
    /** The graph as the page saves it. */
    async savedText(): Promise<string> {
      const download = await downloadOf(() => fileMenu(/^Save as/));
      return readFileSync(await download.path(), "utf8");
    },
    async drag(from: Locator, to: Locator): Promise<void> {
      const [a, b] = [await from.boundingBox(), await to.boundingBox()];
      if (a === null || b === null) throw new Error("what is dragged is not on the screen");
      await page.mouse.move(a.x + a.width / 2, a.y + a.height / 2);
      await page.mouse.down();
      await page.mouse.move((a.x + b.x) / 2, (a.y + b.y) / 2, { steps: 4 });
      await page.mouse.move(b.x + b.width / 2, b.y + b.height / 2, { steps: 4 });
      await page.mouse.up();
    },
    /** Adds by a double click on the ground, at a share of what lies there. */
    async addIn(where: Locator, [right, down]: readonly [number, number], words: string) {
      const box = await stillBox(where);
      await where.dblclick({ position: { x: right * box.width, y: down * box.height } });
      await search.fill(words);
      await page.keyboard.press("Enter");
      await search.waitFor({ state: "detached" });
    },
  };
};

export type Hand = ReturnType<typeof handOn>;

/** Where a thing lies once it has come to rest: zones grow with what is put into them. */
async function stillBox(where: Locator) {
  for (let before = ""; ;) {
    const box = await where.boundingBox();
    if (box === null) throw new Error("where to add is not on the screen");
    const now = JSON.stringify(box);
    if (now === before) return box;
    before = now;
    await where.page().waitForTimeout(150);
  }
}

/** Drops a file on the page, as from a file manager. */
export async function dropFile(page: Page, name: string, text: string): Promise<void> {
  const transfer = await page.evaluateHandle(
    `(() => {
      const data = new DataTransfer();
      data.items.add(new File([${JSON.stringify(text)}], ${JSON.stringify(name)}));
      return data;
    })()`,
  );
  await page.dispatchEvent("body", "drop", { dataTransfer: transfer });
}

/** What a canvas shows, once it shows something else than before. */
export async function pictureAfter(canvas: Locator, before: string | null): Promise<string> {
  for (;;) {
    const picture = await canvas.evaluate((element) =>
      (element as unknown as { toDataURL(): string }).toDataURL(),
    );
    if (picture !== before) return picture;
    await canvas.page().evaluate("new Promise(requestAnimationFrame)");
  }
}

/** By keyboard: goes to a node by its name, and to its rows in the outline. */
export async function goTo(page: Page, key: string): Promise<void> {
  const dialog = page.getByRole("dialog");
  const name = key.split("/").at(-1) ?? "";
  await page.keyboard.press("Control+g");
  await dialog.waitFor();
  await page.keyboard.type(name);
  await dialog.locator("[aria-selected=true]", { hasText: name }).waitFor();
  await page.keyboard.press("Enter");
  await page.locator(`.react-flow__node.selected[data-id="${key}"]`).waitFor();
  await page.keyboard.press("Control+Shift+o");
  await until(
    page,
    `document.activeElement?.getAttribute("data-key")?.startsWith(${JSON.stringify(key)})`,
  );
}

/** By keyboard: moves on to what is called so. */
export async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (;;) {
    if (name.test(String(await page.evaluate("document.activeElement?.innerText ?? ''")))) return;
    await page.keyboard.press("Tab");
  }
}

/** By keyboard: finds an input in the outline and chooses what feeds it. */
export async function feed(page: Page, input: string, source: string): Promise<void> {
  await goTo(page, input.split(/\/(?:in|states)\//)[0] ?? "");
  const focused = (name: string) =>
    page.evaluate(`document.activeElement?.getAttribute("${name}") ?? ""`);
  while ((await focused("data-key")) !== input) {
    const isClosed = (await focused("aria-expanded")) === "false";
    await page.keyboard.press(isClosed ? "ArrowRight" : "ArrowDown");
  }
  await page.keyboard.press("c");
  await page.getByRole("dialog").waitFor();
  await page.keyboard.type(source);
  await page.getByRole("option").first().waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor({ state: "detached" });
}
