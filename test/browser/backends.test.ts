import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { BackendId } from "../../runtime/execute/backend.ts";
import { createNodeBackend } from "../../runtime/execute/ort-node.ts";
import {
  chain,
  computeEverywhere,
  largestDifference,
  type Numbers,
} from "../support/backend-checks.ts";
import { launchChromium } from "../support/chromium.ts";
import { type ServedPages, servePages } from "../support/serve-pages.ts";
import type { PageReport, TestPage } from "./test-page.ts";
import { until } from "../support/until.ts";

const steps = 200;
let pages: ServedPages;
let browser: Browser;
let expected: { numbers: Numbers; largest: number };

beforeAll(async () => {
  pages = await servePages();
  browser = await launchChromium();
  const { backend } = await createNodeBackend("cpu");
  expected = { numbers: await computeEverywhere(backend), largest: await chain(backend, steps) };
  await backend.close();
});

afterAll(async () => {
  await browser?.close();
  await pages?.close();
});

async function tryInPage(wanted: "auto" | BackendId): Promise<PageReport> {
  const page = await browser.newPage();
  const foreign: string[] = [];
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(pages.url) && !/^(data|blob):/.test(url)) foreign.push(url);
  });
  await page.goto(pages.url);
  await until(page, "globalThis.page !== undefined");
  const report = await page.evaluate(
    ([backend, count]) =>
      (globalThis as unknown as { page: TestPage }).page.tryBackend(backend, count),
    [wanted, steps] as const,
  );
  expect(foreign).toEqual([]);
  await page.close();
  return report;
}

describe.each(["wasm", "webgpu"] as const)("in a worker of Chromium, %s", (id) => {
  test("computes what Node's cpu computes, also over 200 chained runs", async () => {
    const report = await tryInPage(id);
    expect(report.issues).toBeUndefined();
    expect(report.id).toBe(id);
    expect(largestDifference(report.numbers ?? {}, expected.numbers)).toBeLessThan(1e-4);
    expect(Math.abs((report.largest ?? Number.NaN) / expected.largest - 1)).toBeLessThan(1e-4);
    // A leak would leave 157 MB.
    expect(report.grownBytes).toBeLessThan(10e6);
  });
});

test("the served page is cross-origin isolated, so that wasm may use threads", async () => {
  const { chosen } = await tryInPage("wasm");
  expect(chosen).not.toContain("not cross-origin isolated");
});

test("auto names its choice, and shows a notice where it is not webgpu", async () => {
  const { id, chosen, notices } = await tryInPage("auto");
  expect(chosen).toMatch(/^Running on /);
  expect(notices).toEqual(id === "webgpu" ? [] : ["backend.fallback"]);
});

test("a backend of Node is refused in the page by code, not by a raw error", async () => {
  expect((await tryInPage("cuda")).issues).toEqual(["backend.unavailable"]);
});
