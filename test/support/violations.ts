import { source, type AxeResults } from "axe-core";
import type { Page } from "playwright-core";

/**
 * What axe finds in a part of the page, in either theme, a line for each rule that is broken. The page stays dark.
 *
 * @param within a selector; of the dark theme only the colours are looked at, as all else is the same.
 */
export async function violationsIn(page: Page, within = "html"): Promise<readonly string[]> {
  await page.evaluate(source);
  const found: string[] = [];
  for (const [colorScheme, rules] of [
    ["light", {}],
    ["dark", { runOnly: ["color-contrast"] }],
  ] as const) {
    await page.emulateMedia({ colorScheme });
    await page.locator(`html[data-theme=${colorScheme}]`).waitFor();
    const run = `axe.run(${JSON.stringify(within)}, ${JSON.stringify(rules)})`;
    const { violations } = (await page.evaluate(run)) as AxeResults;
    found.push(...violations.map(({ id, nodes }) => `${colorScheme}: ${id}: ${nodes[0]?.html}`));
  }
  return found;
}
