import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readImage } from "../../cli/files/read-image.ts";
import { libraryFiles } from "../../editor/vite-library.ts";
import { frameOf, openingExample, runOf, startStudio } from "../studio/kit.ts";
import { launchChromium } from "../support/chromium.ts";
import { type ServedPages, servePages } from "../support/serve-pages.ts";
import type { StudioPage } from "./studio-page.ts";
import { until } from "../support/until.ts";

let pages: ServedPages;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  pages = await servePages("studio", [libraryFiles()]);
  browser = await launchChromium();
  page = await browser.newPage();
  await page.goto(pages.url);
  await until(page, "globalThis.studio !== undefined");
});

afterAll(async () => {
  await browser?.close();
  await pages?.close();
});

const inPage = <T, A>(
  act: (studio: StudioPage, given: A) => T | Promise<T>,
  given: A,
): Promise<T> => page.evaluate(`(${act.toString()})(globalThis.studio, ${JSON.stringify(given)})`);

const runToEnd = () =>
  inPage((studio) => {
    studio.start();
    return studio.until("done", "failed");
  }, null);

test("the page's worker runs the example to the picture that the cpu gives", async () => {
  expect(await runToEnd()).toEqual({ phase: "done", codes: [] });
  const here = await inPage((studio) => studio.frame("=x0"), null);
  const kit = startStudio();
  kit.send(runOf(1, { document: openingExample(), batch: 400 }));
  await kit.until(1, "done");
  const there = await frameOf(kit, 1, "=x0");
  kit.close();
  expect(here).toHaveLength(there.length);
  const differences = there.map((value, i) => Math.abs(value - (here?.[i] ?? Number.NaN)));
  expect(Math.max(...differences)).toBeLessThan(1e-3);
});

test("a cancelled run ends, and the next one runs", async () => {
  const end = await inPage(async (studio) => {
    studio.start();
    await studio.until("running");
    studio.cancel();
    return studio.until("cancelled", "done");
  }, null);
  expect(end.phase).toBe("cancelled");
  expect(await runToEnd()).toMatchObject({ phase: "done" });
});

test("a worker that dies is told of, and the next run has another", async () => {
  const end = await inPage(async (studio) => {
    studio.start();
    await studio.until("running");
    studio.crash();
    return studio.until("failed", "done");
  }, null);
  expect(end).toEqual({ phase: "failed", codes: ["studio.ended"] });
  expect(await runToEnd()).toEqual({ phase: "done", codes: [] });
});

test.each(["flower_64.png", "fashion_0.png", "astronaut_256.png"])(
  "%s is the same picture in page and command line",
  async (name) => {
    const file = path.resolve(import.meta.dirname, "../../graphs/assets", name);
    const expected = await readImage(file);
    const { shape, values } = await inPage((studio, given) => studio.picture(given), name);
    expect(shape).toEqual(expected.shape);
    expect(values).toEqual(Array.from(expected.data, Number));
  },
);
