import { readFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from "vitest";
import { pagePolicy } from "../../runtime/protocol/delivery/page-policy.ts";
import { attack, held } from "../support/attack.ts";
import { launchChromium } from "../support/chromium.ts";
import { handOn, openEditor, patient } from "../support/editor-hand.ts";
import { startPlainHost, type PlainHost } from "../support/plain-host.ts";

const policy = pagePolicy().join("; ");
const isolated = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};
let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium({ mayViolate: true });
});
afterAll(() => browser?.close());

async function host(headers: Readonly<Record<string, string>> = {}): Promise<PlainHost> {
  const started = await startPlainHost(inject("editor"), { headers });
  onTestFinished(() => started.close());
  return started;
}

async function open(url: string): Promise<{ page: Page; troubles: readonly string[] }> {
  const tab = await openEditor(browser, url);
  onTestFinished(() => tab.page.context().close());
  return tab;
}

test("the policy has no unsafe-eval and names no other host, in page, service worker and here alike", () => {
  expect(policy).not.toMatch(/'unsafe-eval'|\*|https?:/);
  expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';");
  expect(policy).toContain("connect-src 'self';");
  const html = readFileSync(`${inject("editor")}/index.html`, "utf8").replaceAll("&#39;", "'");
  expect(html.indexOf(`content="${policy}"`)).toBeGreaterThan(0);
  expect(html.indexOf(policy)).toBeLessThan(html.indexOf("<script"));
  const worker = readFileSync(`${inject("editor")}/isolate-sw.js`, "utf8");
  const [, list = ""] = /const policy = \[([^\]]*)\]/.exec(worker) ?? [];
  expect([...list.matchAll(/"([^"]*)"/g)].map(([, line]) => line)).toEqual(pagePolicy());
});

describe("the built editor", () => {
  test("with a host that reports: page, workers, WebAssembly, layout and formulae violate nothing", async () => {
    const site = await host({
      ...isolated,
      "Content-Security-Policy": `${policy}; report-uri /violations`,
    });
    const { page, troubles } = await open(site.url);
    const hand = handOn(page);
    await hand.done();
    expect(await page.evaluate("crossOriginIsolated")).toBe(true);
    await page.keyboard.press("t");
    await page
      .getByRole("button", { name: /^Undo/ })
      .and(page.locator(":enabled"))
      .waitFor(patient);
    await hand.node("graph/measure").locator(".canvas-title").click();
    await page.getByRole("tab", { name: "Docs" }).click();
    await page.locator(".katex").first().waitFor(patient);
    expect(troubles).toEqual([]);
    expect(site.violations).toEqual([]);
  });

  test("without headers: the service worker isolates page and workers and gives them the policy", async () => {
    const site = await host();
    const { page, troubles } = await open(site.url);
    await handOn(page).done();
    expect(await page.evaluate("crossOriginIsolated")).toBe(true);
    const given = await page.evaluate(async () => {
      const sources = performance.getEntriesByType("resource").map(({ name }) => name);
      const script = sources.find((name) => /worker-[^/]*\.js$/.test(name)) ?? "";
      const { headers } = await fetch(script);
      return { script, policy: headers.get("content-security-policy") };
    });
    expect(given.script).toContain("worker");
    expect(given.policy).toBe(policy);
    expect(troubles).toEqual([]);
  });

  test("lets nothing run or leave that is not its own file, by the policy in the page alone", async () => {
    const site = await host(isolated);
    const { page, troubles } = await open(site.url);
    await handOn(page).done();
    expect(await page.evaluate(attack)).toEqual(held);
    expect(troubles.filter((line) => /Content Security Policy/.test(line)).length).toBeGreaterThan(
      3,
    );
  });
});

test("a page that violates its policy fails the test that closes the browser", async () => {
  const site = await host(isolated);
  const strict = await launchChromium();
  const { page } = await openEditor(strict, site.url);
  await page.evaluate(attack);
  await expect(strict.close()).rejects.toThrow(/policy violated: script-src-elem by inline/);
});
