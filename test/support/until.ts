import type { Page } from "playwright-core";

/** Of what a page does, on a machine that is busy. */
const mostMs = 60_000;

/**
 * Resolves when an expression is true in the page. Playwright's own `waitForFunction` asks the page to evaluate text, which
 * its policy forbids; a page that is about to load itself again is asked once more.
 */
export async function until(page: Page, expression: string): Promise<void> {
  const last = performance.now() + mostMs;
  for (;;) {
    const found = await page.evaluate<unknown>(expression).catch((fault: unknown) => {
      if (/context was destroyed|navigation/.test(String(fault))) return false;
      throw fault;
    });
    if (found) return;
    if (performance.now() > last) throw new Error(`never true in the page: ${expression}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
