import type { Locator, Page } from "playwright-core";
import { beforeEach, describe, expect, test } from "vitest";
import { planeOf, type Plane } from "../../editor/scene/plane.ts";
import { sceneOf } from "../../editor/scene/scene-of.ts";
import { readDocument } from "../../runtime/graph/read.ts";
import { patient, pictureAfter, type Hand } from "../support/editor-hand.ts";
import { editorSite } from "../support/editor-site.ts";

const site = editorSite();
let page: Page;
let hand: Hand;

beforeEach(async () => {
  ({ page, hand } = await site.open());
  await hand.done();
});

const handle = (name: string | RegExp): Locator => page.getByRole("slider", { name, exact: true });
const line = () => handle("Measurement");
const undo = () => page.getByRole("button", { name: /^Undo/ });
const saved = async () => {
  const { document } = readDocument(await hand.savedText());
  if (document === null) throw new Error("what was saved cannot be read");
  return document;
};

const plane = async (): Promise<Plane> => {
  const document = await saved();
  const scene = sceneOf(document);
  if (scene === null) throw new Error("what was saved has no scene");
  return planeOf(document, scene);
};

/** Drags by so many pixels, in some moves. */
async function dragBy(what: Locator, [right, down]: readonly [number, number]): Promise<void> {
  const box = await what.boundingBox();
  if (box === null) throw new Error("what is dragged is not on the screen");
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + right, y + down, { steps: 8 });
  await page.mouse.up();
}

describe("the line of the measurement", () => {
  test("is dragged: the run follows, and one undo takes all of it back", async () => {
    const before = await hand.savedText();
    const scene = page.locator(".scene canvas");
    const picture = await pictureAfter(scene, null);
    await dragBy(line(), [-30, 40]);
    await hand.done();
    await pictureAfter(scene, picture);
    const { graph } = await saved();
    expect(graph["truth"]?.params).not.toEqual({ x: 0.2, y: 0.3 });
    await expect.poll(() => undo().getAttribute("aria-label"), patient).toContain("Shift");
    await undo().click();
    expect(await hand.savedText()).toBe(before);
  });

  test("is shifted and turned by keys, which say what it is then", async () => {
    const value = (name: string) => handle(name).getAttribute("aria-valuetext");
    const before = await value("Measurement");
    await line().focus();
    await page.keyboard.press("ArrowUp");
    await expect.poll(() => value("Measurement"), patient).not.toBe(before);
    const shifted = await value("Measurement");
    await page.keyboard.press("+");
    await expect.poll(() => value("Measurement"), patient).not.toBe(shifted);
    await expect.poll(() => value("Measurement"), patient).toContain("noise 0.11");
    await page.keyboard.press("Tab");
    await page.keyboard.press("ArrowUp");
    await expect.poll(() => value("Direction of the measurement"), patient).toContain("−33.9°");
    await hand.done();
    const { row } = await plane();
    expect(Math.hypot(...(row ?? []))).toBeCloseTo(1, 2);
  });
});

describe("the prior", () => {
  test("its components are moved, widened, weighed and removed by keys, and added by a double click", async () => {
    const first = handle(/^Component 1 of/);
    await first.focus();
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("+");
    await page.keyboard.press("PageUp");
    await page.keyboard.press(".");
    await expect
      .poll(() => page.evaluate("document.activeElement?.getAttribute('aria-label')"), patient)
      .toBe("Component 2 of 32");
    await page.keyboard.press("Delete");
    await handle("Component 31 of 31").waitFor(patient);
    const box = await page.locator(".scene-plane").boundingBox();
    if (box === null) throw new Error("there is no plane");
    await page.mouse.dblclick(box.x + 60, box.y + 30);
    await handle("Component 32 of 32").waitFor(patient);
    await hand.done();
    const { components } = await plane();
    expect(components).toHaveLength(32);
    expect(components?.[0]).toMatchObject({ std: 0.077, weight: 1.25 });
    expect(components?.[1]?.weight).toBe(1);
    while (await undo().isEnabled()) await undo().click();
    expect((await saved()).inputs["prior"]?.default).toMatchObject({
      params: { preset: "two-moons" },
    });
  });
});

test("hints come one after the other, go when they were followed, and do not come back", async () => {
  const hint = page.locator(".scene-coach");
  await expect.poll(() => hint.textContent(), patient).toContain("orange line");
  await dragBy(line(), [-20, 20]);
  await expect.poll(() => hint.textContent(), patient).toContain("time slider");
  await hand.done();
  await page.getByRole("slider", { name: "Step of reverse" }).focus();
  await page.keyboard.press("Home");
  await hint.waitFor({ state: "detached", ...patient });
  await page.reload();
  await page.waitForSelector(".react-flow__node");
  await page.locator(".scene").waitFor();
  expect(await hint.count()).toBe(0);
});
