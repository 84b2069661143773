import type { Locator, Page } from "playwright-core";
import { beforeEach, expect, test } from "vitest";
import { patient, type Hand } from "../support/editor-hand.ts";
import { editorSite } from "../support/editor-site.ts";

const site = editorSite();
let page: Page;
let hand: Hand;

beforeEach(async () => {
  ({ page, hand } = await site.open());
});

async function openShipped(title: string): Promise<void> {
  await page.keyboard.press("Alt+g");
  await page.locator(".gallery-title", { hasText: new RegExp(`^${title}$`) }).click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
}

async function boxOf(what: Locator) {
  const box = await what.boundingBox();
  if (box === null) throw new Error("it is not on the screen");
  return box;
}

const placeOf = async (what: Locator): Promise<readonly [x: number, y: number]> => {
  const { x, y } = await boxOf(what);
  return [Math.round(x), Math.round(y)];
};

/** Where it lies when no two frames find it elsewhere. */
async function restOf(what: Locator): Promise<readonly [x: number, y: number]> {
  for (let last = await placeOf(what); ;) {
    await page.evaluate("new Promise((f) => requestAnimationFrame(() => setTimeout(f, 100)))");
    const now = await placeOf(what);
    if (String(now) === String(last)) return now;
    last = now;
  }
}

test("a large sampler begins where its loop can be read; the map and the key for everything lead to the rest", async () => {
  await openShipped("DPS-MO");
  const step = hand.node("graph/anneal/body/step");
  await step.waitFor();
  expect((await boxOf(step)).width).toBeGreaterThan(120);
  await page.locator(".canvas-map").waitFor();
  await page.keyboard.press("Shift+1");
  await hand.node("outputs/x0").waitFor();
  await expect.poll(async () => (await boxOf(step)).width, patient).toBeLessThan(100);
});

test("what is looked at stays where it is on the screen while panels open and close", async () => {
  const guided = hand.node("graph/reverse/body/guided");
  const card = guided.locator(".canvas-title");
  const [left, top] = await restOf(guided);
  await card.click();
  const inspector = page.getByRole("tab", { name: "Inspector" });
  await inspector.waitFor();
  const [x, y] = await restOf(guided);
  expect([Math.min(x, left), y]).toEqual([x, top]);
  const [node, room] = [await boxOf(guided), await boxOf(page.locator(".canvas"))];
  expect(node.x).toBeGreaterThanOrEqual(room.x);
  expect(node.x + node.width).toBeLessThanOrEqual(room.x + room.width);
  await page.keyboard.press("Control+Shift+o");
  await page.getByRole("tab", { name: "Outline" }).waitFor();
  await expect.poll(() => placeOf(guided), patient).toEqual([x, y]);
});

test("a reload in the middle of a run says so, and runs it again", async () => {
  await hand.done();
  await page.keyboard.press("F11");
  await page.locator('.run-status[data-phase="paused"]').waitFor(patient);
  await page.reload();
  const notice = page.getByRole("status", { name: "The engine" });
  await notice.getByText(/in the middle of a run, after step 1 of 50/).waitFor(patient);
  await notice.getByRole("button", { name: "Run again" }).click();
  await hand.done();
  expect(await notice.innerText()).toBe("");
});

test("the seed and the number of samples are the graph's: undo takes them back, a reload keeps them", async () => {
  await hand.done();
  const field = (name: string) => page.getByLabel(name, { exact: true });
  await field("Seed").fill("7");
  await page.keyboard.press("Enter");
  await field("Samples").fill("90");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Next seed" }).click();
  await hand.done();
  await page.keyboard.press("Control+z");
  await expect.poll(() => field("Seed").inputValue(), patient).toBe("7");
  await page.reload();
  await expect.poll(() => field("Seed").inputValue(), patient).toBe("7");
  expect(await field("Samples").inputValue()).toBe("90");
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+z");
  await expect.poll(() => field("Seed").inputValue(), patient).toBe("0");
  expect(await field("Samples").inputValue()).toBe("400");
});

test("an example that needs no model runs when it is opened; its run has one time, beside its bar and under the scrubber", async () => {
  await hand.done();
  await openShipped("Points on a line: C-PiGDM");
  await page.locator(".run-words", { hasText: "10/10" }).waitFor(patient);
  const words = await page.locator(".run-words span").innerText();
  const time = words.split(" · ").find((part) => /\d (?:ms|s|min)$/.test(part));
  expect(time).toBeDefined();
  expect((await page.locator(".timeline-readout").innerText()).split(" · ")).toContain(time);
});

test("an input that nothing reads is a warning, and one press goes there", async () => {
  await hand.done();
  await page.keyboard.press("Space");
  await hand.search.fill("input: scalar");
  await page.locator(".palette-item").first().waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("tab", { name: /^Problems/ }).click();
  const warning = page.getByText(/^Nothing reads the input/).first();
  await warning.click();
  await page.locator('.react-flow__node.selected[data-id^="inputs/"]').waitFor(patient);
});
