import { readFile } from "node:fs/promises";
import AxeBuilder from "axe-core";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { readDocument } from "../../runtime/graph/read.ts";
import { graphInPng } from "../../editor/storage/png-graph.ts";
import { shareLink } from "../../editor/storage/share-link.ts";
import { writeDocument } from "../../runtime/graph/write.ts";
import { launchChromium } from "../support/chromium.ts";
import { type ServedPages, servePages } from "../support/serve-pages.ts";
import type { StoragePage } from "./storage-page.ts";
import { until } from "../support/until.ts";

let pages: ServedPages;
let browser: Browser;
let context: BrowserContext;
let requests: string[];

beforeAll(async () => {
  pages = await servePages("storage/");
  browser = await launchChromium();
});
beforeEach(async () => {
  context = await browser.newContext();
  requests = [];
});
afterEach(async () => context?.close());
afterAll(async () => {
  await browser?.close();
  await pages?.close();
});

async function openTab(hash = ""): Promise<Page> {
  const page = await context.newPage();
  page.on("request", (request) => requests.push(request.url()));
  await page.goto(`${pages.url}${hash}`);
  await ready(page);
  return page;
}

const ready = (page: Page) => until(page, "globalThis.storagePage !== undefined");

type Asked<K extends keyof StoragePage> = Awaited<ReturnType<StoragePage[K]>>;

async function ask<K extends keyof StoragePage>(
  page: Page,
  name: K,
  ...args: Parameters<StoragePage[K]>
): Promise<Asked<K>> {
  const answer = await page.evaluate(
    ([method, given]) => {
      const { storagePage } = globalThis as unknown as {
        storagePage: Record<string, (...all: readonly unknown[]) => unknown>;
      };
      return storagePage[method]?.(...given);
    },
    [name as string, args as readonly unknown[]] as const,
  );
  return answer as Asked<K>;
}

/** A tab that dies as when its process is killed: nothing of it runs any more. */
async function kill(page: Page): Promise<void> {
  const session = await context.newCDPSession(page);
  const crashed = page.waitForEvent("crash");
  void session.send("Page.crash").catch(() => {});
  await crashed;
  await page.close();
}

const graph = (name: string): string =>
  writeDocument(readDocument({ denoodle: 1, name, graph: {} }).document!);

const drop = (page: Page, name: string, content: Buffer): Promise<void> =>
  ask(page, "drop", name, [...content]);

async function downloadOf(
  page: Page,
  act: () => Promise<unknown>,
): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent("download"), act()]);
  return {
    name: download.suggestedFilename(),
    bytes: await readFile(await download.path()),
  };
}

test("a reload brings back the document, its name as a file and every step of undo", async () => {
  const page = await openTab();
  for (let i = 1; i <= 80; i += 1) await ask(page, "rename", `n${i}`);
  await ask(page, "undo");
  const before = await ask(page, "pastNames");
  await page.reload();
  await ready(page);
  expect(await ask(page, "name")).toBe("n79");
  expect(await ask(page, "pastNames")).toEqual(before);
  expect((await ask(page, "state")).dirty).toBe(true);
  expect((await ask(page, "state")).dialog).toBeNull();
  await page.reload();
  await ready(page);
  expect(await ask(page, "pastNames")).toEqual(before);
});

test("tabs that are killed at any point lose the last gesture at most, and are offered again", async () => {
  for (let round = 0; round < 4; round += 1) {
    const page = await openTab();
    // Of a single gesture nothing need be left: it is the last.
    const edits = 2 + 23 * round;
    for (let i = 1; i <= edits; i += 1) await ask(page, "rename", `round ${round} edit ${i}`);
    if (round % 2 === 0) await page.waitForTimeout(20 + round * 20);
    await kill(page);
    const next = await openTab();
    await next.waitForSelector('[data-dialog="recovery"]');
    const { recoverable } = await ask(next, "state");
    expect(recoverable).toHaveLength(1);
    await next.getByRole("button", { name: /^Bring back/ }).click();
    await until(next, "globalThis.storagePage.name() !== 'Start'");
    expect([`round ${round} edit ${edits}`, `round ${round} edit ${edits - 1}`]).toContain(
      await ask(next, "name"),
    );
    expect((await ask(next, "pastNames")).at(-1)).toBe("Start");
    await ask(next, "usePrivateFiles", `round-${round}.json`, null);
    await save(next);
    await until(next, "globalThis.storagePage.state().dirty === false");
    await next.waitForTimeout(400);
    await next.close();
  }
});

test("without access to files, saving downloads exactly what denoodle run takes", async () => {
  await context.addInitScript(
    "delete window.showSaveFilePicker; delete window.showOpenFilePicker;",
  );
  const page = await openTab();
  await ask(page, "rename", "Mine");
  await page.getByRole("button", { name: "File menu" }).click();
  const { name, bytes } = await downloadOf(page, () =>
    page
      .getByRole("menuitem", { name: /^Save\b/ })
      .first()
      .click(),
  );
  expect(name).toBe("mine.json");
  expect(bytes.toString()).toBe(graph("Mine"));
  await page.getByText(/^Saved /).waitFor();
  expect((await ask(page, "state")).dirty).toBe(false);
});

test("a file dropped anywhere opens, undirtied; a broken one says where, and changes nothing", async () => {
  const page = await openTab();
  await drop(page, "dropped.json", Buffer.from(graph("Dropped")));
  await until(page, "globalThis.storagePage.name() === 'Dropped'");
  expect((await ask(page, "state")).dirty).toBe(false);
  expect(await ask(page, "text")).toBe(graph("Dropped"));
  await drop(page, "broken.json", Buffer.from('{\n  "denoodle": 1,,\n}'));
  await page.getByText("line 2, column 17").waitFor();
  expect(await ask(page, "name")).toBe("Dropped");
  await page.keyboard.press("Escape");
  await until(page, "globalThis.storagePage.state().question === null");
  await drop(page, "broken.json", Buffer.from("{"));
  await page.locator(".storage-answers button").click();
  await until(page, "globalThis.storagePage.state().question === null");
  expect((await ask(page, "state")).dialog).toBeNull();
});

test("a picture that was saved with its graph opens again when it is dropped", async () => {
  const page = await openTab();
  await ask(page, "rename", "In a picture");
  const { name, bytes } = await downloadOf(page, () => ask(page, "savePicture"));
  expect(name).toBe("in-a-picture.png");
  expect(graphInPng(bytes)).toBe(graph("In a picture"));
  await ask(page, "rename", "Other");
  await drop(page, name, bytes);
  await until(page, "globalThis.storagePage.name() === 'In a picture'");
  await until(page, "globalThis.storagePage.state().recoverable.join() === 'Other'");
});

test("a link opens its graph and asks nobody for anything; a broken one says so", async () => {
  const link = shareLink(readDocument(graph("Shared")).document!, pages.url);
  const page = await openTab(link.slice(link.indexOf("#")));
  expect(await ask(page, "name")).toBe("Shared");
  expect(new URL(page.url()).hash).toBe("");
  expect(requests.filter((url) => !url.startsWith(pages.url) && !url.startsWith("data:"))).toEqual(
    [],
  );
  const broken = await openTab("#graph=AAAA");
  await broken.waitForSelector('[data-dialog="file"]');
  expect(await ask(broken, "name")).toBe("Start");
});

test("a graph's text that is pasted on the page opens", async () => {
  const page = await openTab();
  await ask(page, "paste", graph("Pasted"));
  await until(page, "globalThis.storagePage.name() === 'Pasted'");
});

test("the same file in a second tab is looked at or copied, and taken over when the first tab goes", async () => {
  const first = await openTab();
  await ask(first, "usePrivateFiles", "shared.json", graph("Shared file"));
  await open(first);
  await until(first, "globalThis.storagePage.name() === 'Shared file'");
  await first.waitForTimeout(300);

  const second = await openTab();
  await ask(second, "usePrivateFiles", "shared.json", null);
  await open(second);
  await second.getByRole("button", { name: "Look at it here" }).click();
  await second.getByText("Only to look at").waitFor();
  await ask(second, "rename", "Not allowed");
  expect(await ask(second, "name")).toBe("Shared file");

  await ask(first, "rename", "Edited in the first");
  await save(first);
  await until(second, "globalThis.storagePage.name() === 'Edited in the first'");
  expect(await ask(first, "privateFile", "shared.json")).toBe(graph("Edited in the first"));

  const third = await openTab();
  await ask(third, "usePrivateFiles", "shared.json", null);
  await open(third);
  await third.getByRole("button", { name: "Edit a copy" }).click();
  await until(third, "globalThis.storagePage.name() === 'Edited in the first (2)'");

  await first.close();
  await until(second, "globalThis.storagePage.state().readOnly === false");
  await ask(second, "rename", "Taken over");
  expect(await ask(second, "name")).toBe("Taken over");
});

test("a file that another program changed is not overwritten unasked", async () => {
  const page = await openTab();
  await ask(page, "usePrivateFiles", "b.json", graph("B"));
  await open(page);
  await until(page, "globalThis.storagePage.name() === 'B'");
  await ask(page, "rename", "B mine");
  await page.waitForTimeout(20);
  await ask(page, "usePrivateFiles", "b.json", graph("B of another"));
  await save(page);
  await page.getByText("was changed by another program").waitFor();
  expect(await ask(page, "privateFile", "b.json")).toBe(graph("B of another"));
  await page.getByRole("button", { name: "Overwrite it" }).click();
  await until(page, "globalThis.storagePage.state().dirty === false");
  expect(await ask(page, "privateFile", "b.json")).toBe(graph("B mine"));
});

test("after a reload a file is still the one that was saved to, and what another program did to it is asked about", async () => {
  const page = await openTab();
  await ask(page, "usePrivateFiles", "c.json", null);
  await ask(page, "rename", "C");
  await save(page);
  await until(page, "globalThis.storagePage.state().dirty === false");
  await ask(page, "rename", "C again");
  await page.waitForTimeout(300);
  await page.reload();
  await ready(page);
  await save(page);
  await until(page, "globalThis.storagePage.state().dirty === false");
  expect(await ask(page, "privateFile", "c.json")).toBe(graph("C again"));
  await ask(page, "rename", "C once more");
  await page.waitForTimeout(300);
  await ask(page, "usePrivateFiles", "c.json", graph("C of another"));
  await page.reload();
  await ready(page);
  await save(page);
  await page.getByText("was changed by another program").waitFor();
  expect(await ask(page, "privateFile", "c.json")).toBe(graph("C of another"));
});

test("a file that another tab edits is not saved over", async () => {
  const first = await openTab();
  await ask(first, "usePrivateFiles", "d.json", graph("D"));
  await open(first);
  await until(first, "globalThis.storagePage.name() === 'D'");
  await first.waitForTimeout(300);
  const second = await openTab();
  await ask(second, "usePrivateFiles", "d.json", null);
  await ask(second, "rename", "Other");
  await save(second);
  await until(second, "globalThis.storagePage.said() === 'storage.notOver'");
  expect(await ask(first, "privateFile", "d.json")).toBe(graph("D"));
});

test("a link that is pasted into the address of the open page opens; what was there is offered again", async () => {
  const page = await openTab();
  await ask(page, "rename", "Mine, unsaved");
  const link = shareLink(readDocument(graph("Linked")).document!, pages.url);
  await page.evaluate(
    (hash) => void ((globalThis as { location?: { hash: string } }).location!.hash = hash),
    link.slice(link.indexOf("#")),
  );
  await until(page, "globalThis.storagePage.name() === 'Linked'");
  expect(new URL(page.url()).hash).toBe("");
  await until(page, "globalThis.storagePage.state().recoverable.join() === 'Mine, unsaved'");
});

test("a browser that keeps nothing says so, and everything else works", async () => {
  await context.addInitScript(
    'indexedDB.open = () => { throw new DOMException("no", "SecurityError"); };',
  );
  const page = await openTab();
  await page.getByText("Edits are not kept").waitFor();
  await ask(page, "rename", "Unkept");
  expect(await page.title()).toContain("⚠");
  expect(await ask(page, "name")).toBe("Unkept");
});

test("menu and dialogs: axe finds nothing, in either theme", async () => {
  const page = await openTab();
  await ask(page, "rename", "A name that is rather long for the bar at the top of the page");
  for (const theme of ["light", "dark"]) {
    await ask(page, "theme", theme);
    await page.getByRole("button", { name: "File menu" }).click();
    expect(await violations(page)).toEqual([]);
    await page.getByRole("menuitem", { name: "Share…" }).click();
    await page.waitForSelector('[data-dialog="share"]');
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await drop(page, "broken.json", Buffer.from("{"));
    await page.waitForSelector('[data-dialog="file"]');
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press("Escape");
  }
});

test("the gallery: found by words, walked by arrow keys, opened as a copy that is not dirty", async () => {
  const page = await openTab();
  await menu(page, /^Gallery…/);
  await page.waitForSelector('[data-dialog="gallery"]');
  expect(await violations(page)).toEqual([]);
  expect(await page.locator(".gallery-card").count()).toBe(3);
  await page.getByLabel("No gradient through the network").check();
  expect(await page.locator(".gallery-card").allInnerTexts()).toEqual([
    expect.stringContaining("DDNM"),
  ]);
  await page.getByLabel("No gradient through the network").uncheck();
  await page.getByRole("searchbox").fill("chung");
  await page.getByText("1 graph", { exact: true }).waitFor();
  await page.getByRole("searchbox").fill("");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await until(page, "globalThis.storagePage.name() === 'DPS'");
  const { dirty, dialog } = await ask(page, "state");
  expect({ dirty, dialog }).toEqual({ dirty: false, dialog: null });
  expect(await ask(page, "text")).toBe(
    await readFile(new URL("../../graphs/samplers/dps.json", import.meta.url), "utf8"),
  );
});

test("a new sampler begins from a task and a prior that were chosen", async () => {
  const page = await openTab();
  await menu(page, /^New sampler…/);
  await page.waitForSelector('[data-dialog="new-sampler"]');
  expect(await page.getByRole("button", { name: "Create" }).isDisabled()).toBe(false);
  await page.getByRole("button", { name: /^Box inpainting/ }).click();
  await page.getByRole("button", { name: /^photo64/ }).click();
  expect(await violations(page)).toEqual([]);
  await page.getByLabel("Name", { exact: true }).fill("Mine");
  await page.keyboard.press("Enter");
  await until(page, "globalThis.storagePage.name() === 'Mine'");
  expect(JSON.parse(await ask(page, "text"))).toMatchObject({
    task: "box-inpainting-64",
    ui: { model: "photo64" },
  });
});

async function menu(page: Page, item: RegExp): Promise<void> {
  await page.getByRole("button", { name: "File menu" }).click();
  await page.getByRole("menuitem", { name: item }).first().click();
}

async function open(page: Page): Promise<void> {
  await menu(page, /^Open…/);
}

const save = (page: Page): Promise<void> => menu(page, /^Save\b/);

async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(AxeBuilder.source);
  const found = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: typeof AxeBuilder };
    return (await axe.run()).violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`,
    );
  });
  return found.filter((line) => !/^(region|page-has-heading-one|landmark)/.test(line));
}
