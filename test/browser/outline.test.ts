import type { Page } from "playwright-core";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { messagesOf } from "../../editor/i18n/catalogue.ts";
import { english } from "../../editor/i18n/english.ts";
import { registry } from "../../nodes/index.ts";
import { editorSite } from "../support/editor-site.ts";
import { spokenText } from "../support/spoken-text.ts";
import { violationsIn } from "../support/violations.ts";

/** Of what the page does after a key, on a machine that is busy. */
const patient = { timeout: 30_000 };

const site = editorSite();
let page: Page;

beforeEach(async () => {
  const context = await site.browser.newContext({ viewport: { width: 1280, height: 800 } });
  page = await context.newPage();
});

afterEach(async () => {
  await page.context().close();
});

async function open(search = ""): Promise<void> {
  await page.goto(`${site.url}${search}`);
  await page.waitForSelector(".react-flow__node");
}

const row = (key: string) => page.locator(`[role="treeitem"][data-key="${key}"]`);
const focused = () => page.evaluate("document.activeElement?.getAttribute('data-key') ?? ''");
const said = async () => (await page.locator("[data-announcer]").allTextContents()).join("");

/** Goes to a node by the search of the outline, by keyboard alone. */
async function find(words: string): Promise<void> {
  await page.keyboard.press("Control+f");
  await expect.poll(() => page.evaluate("document.activeElement?.tagName"), patient).toBe("INPUT");
  await page.keyboard.press("Control+a");
  await page.keyboard.type(words);
  await page.keyboard.press("Enter");
  await expect.poll(focused, patient).not.toBe("");
}

describe("the outline by keyboard", () => {
  test("a node is found, opened, renamed, deleted, and all of it is undone and said", async () => {
    await open();
    await find("type:prior/denoise");
    const key = String(await focused());
    expect(key).toMatch(/\/denoise$/);
    await page.keyboard.press("F2");
    await page.getByRole("textbox", { name: "Name" }).fill("network");
    await page.keyboard.press("Enter");
    const renamed = key.replace(/denoise$/, "network");
    await row(renamed).waitFor();
    await expect.poll(said, patient).toBe("Renamed denoise to network");
    await expect.poll(focused, patient).toBe(renamed);
    await page.keyboard.press("Delete");
    await row(renamed).waitFor({ state: "detached" });
    await expect.poll(said, patient).toBe("Deleted network");
    await page.keyboard.press("Control+z");
    await page.keyboard.press("Control+z");
    await expect.poll(said, patient).toBe("Undone: Renamed denoise to network");
    await row(key).waitFor();
  });

  test("an input gets another source from the list of what fits it", async () => {
    await open();
    await find("type:prior/denoise");
    const key = String(await focused());
    await page.keyboard.press("Control+f");
    await page.keyboard.press("Escape");
    await expect.poll(focused, patient).toBe(key);
    await page.keyboard.press("ArrowRight");
    await row(`${key}/in/x`).waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await expect.poll(focused, patient).toBe(`${key}/in/x`);
    await page.keyboard.press("c");
    const first = page.getByRole("option").first();
    await first.waitFor();
    expect(await violationsIn(page, "[role=dialog]")).toEqual([]);
    await page.keyboard.press("Enter");
    await expect.poll(said, patient).toMatch(/^Connected .+ to denoise\./);
  });

  test("tree, palette and keys have no violation in either theme", async () => {
    await open();
    await page.keyboard.press("Control+Shift+o");
    await page.getByRole("tree").waitFor();
    expect(await violationsIn(page, ".outline")).toEqual([]);
    await page.keyboard.press("Control+k");
    await page.getByRole("dialog").waitFor();
    expect(await violationsIn(page, "[role=dialog]")).toEqual([]);
    await page.keyboard.press("Escape");
    await page.keyboard.press("Shift+?");
    await page.getByRole("dialog").waitFor();
    expect(await violationsIn(page, "[role=dialog]")).toEqual([]);
  });
});

/** By keyboard: only what is in sight is drawn. */
async function seeAll(): Promise<void> {
  await page.keyboard.press("Shift+Digit1");
  await page.locator('.react-flow__node[data-id^="outputs/"]').first().waitFor(patient);
}

describe("the palette", () => {
  test("does a command by its name, says what another lacks, and offers what was used last", async () => {
    await open();
    await seeAll();
    await page.keyboard.press("Control+k");
    await page.keyboard.type("select all");
    await page.keyboard.press("Enter");
    await expect
      .poll(() => page.locator(".react-flow__node.selected").count(), patient)
      .toBeGreaterThan(1);
    await page.keyboard.press("Control+k");
    await page.getByText("Recent", { exact: true }).waitFor();
    await page.keyboard.type("undo");
    await page.keyboard.press("Enter");
    await expect.poll(said, patient).toBe("Nothing to undo");
  });

  test("a chosen key is heard, and a taken one is refused", async () => {
    await open();
    await page.keyboard.press("Shift+?");
    const change = page.getByRole("button", { name: "Change the key of: Select nothing" });
    await change.click();
    await page.keyboard.press("Delete");
    await expect.poll(said, patient).toBe("That key already does: Delete");
    await change.click();
    await page.keyboard.press("q");
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await seeAll();
    await page.keyboard.press("Control+a");
    await expect
      .poll(() => page.locator(".react-flow__node.selected").count(), patient)
      .toBeGreaterThan(1);
    await page.keyboard.press("q");
    await expect.poll(() => page.locator(".react-flow__node.selected").count(), patient).toBe(0);
  });
});

test("in the pseudo-locale no message of the catalogue is in plain English", async () => {
  await open("?lng=pseudo");
  // Titles and ports of nodes are the graph's words; some are messages too.
  const words = new Set(
    registry.types.flatMap((type) => {
      const [{ title, outputs } = { title: "", outputs: {} }] = registry.versions(type);
      return [title, ...Object.keys(outputs)];
    }),
  );
  const plain = new Set(
    [...messagesOf(english).values()].filter(
      (text) => /[A-Za-z]{4}/.test(text) && !words.has(text),
    ),
  );
  const leaks = new Set<string>();
  const look = async () => {
    for (const text of await spokenText(page)) if (plain.has(text)) leaks.add(text);
  };
  await look();
  await page.keyboard.press("Control+Shift+o");
  await page.getByRole("tree").waitFor();
  await look();
  for (const key of ["Control+k", "Shift+?", "Control+g", "Control+Alt+z"]) {
    await page.keyboard.press(key);
    await page.getByRole("dialog").waitFor();
    await look();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
  }
  expect((await spokenText(page)).some((text) => text.includes("~"))).toBe(true);
  expect([...leaks]).toEqual([]);
});
