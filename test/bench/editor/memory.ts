import type { Browser, CDPSession, Page } from "playwright-core";
import { dropFile, handOn } from "../../support/editor-hand.ts";
import type { Bench } from "../bench.ts";
import type { Figure, Section } from "../report.ts";
import { largeGraph } from "./large-graph.ts";
import type { Site } from "./site.ts";
import { rest } from "./work.ts";

/** What a page holds after runs and graphs have come and gone. */
export async function memory(browser: Browser, site: Site, bench: Bench): Promise<Section> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(site.url);
  const hand = handOn(page);
  await hand.done();
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  const [runs, graphs] = bench.quick ? [2, 2] : [10, 50];
  const figures: Figure[] = [];
  await again(page, 2);
  figures.push(...(await grown(session, `${runs} runs`, () => again(page, runs))));
  await openGraphs(page, 2);
  figures.push(...(await grown(session, `${graphs} graphs`, () => openGraphs(page, graphs))));
  const workers = page.workers().length;
  await page.close();
  return {
    title: "Memory of the page",
    about:
      "What the page's heap holds more, after collecting garbage, once the opening example has run so often, and once graphs of 20 and 21 nodes were opened in turns; listeners and elements likewise. Workers are those that are left at the end.",
    figures: [...figures, { name: "workers", value: workers, unit: "" }],
  };
}

async function again(page: Page, count: number): Promise<void> {
  for (let i = 0; i < count; i += 1) {
    await page.locator(".run-start").click();
    await page
      .locator('.run-status[data-phase="running"]')
      .waitFor({ timeout: 5000 })
      .catch(missed);
    await handOn(page).done();
  }
}

/** A run may be over before it is seen to go on. */
function missed(error: unknown): void {
  if (!(error instanceof Error) || error.name !== "TimeoutError") throw error;
}

async function openGraphs(page: Page, count: number): Promise<void> {
  const hand = handOn(page);
  for (let i = 0; i < count; i += 1) {
    const graph = largeGraph(20 + (i % 2));
    await dropFile(page, "small.json", graph.text);
    await hand.node("graph/n0").waitFor();
    await hand.node("graph/n20").waitFor({ state: i % 2 === 0 ? "detached" : "visible" });
    await rest(page);
  }
}

async function grown(
  session: CDPSession,
  name: string,
  act: () => Promise<void>,
): Promise<readonly Figure[]> {
  const before = await heldOf(session);
  await act();
  const after = await heldOf(session);
  const more = (what: string) => (after.get(what) ?? NaN) - (before.get(what) ?? NaN);
  return [
    {
      name: `${name}: heap`,
      value: more("JSHeapUsedSize") / 1e6,
      unit: "MB",
      note: `of ${((after.get("JSHeapUsedSize") ?? NaN) / 1e6).toFixed(0)} MB`,
    },
    { name: `${name}: listeners`, value: more("JSEventListeners"), unit: "" },
    { name: `${name}: elements`, value: more("Nodes"), unit: "" },
  ];
}

/** Once garbage is collected. */
async function heldOf(session: CDPSession): Promise<ReadonlyMap<string, number>> {
  for (let i = 0; i < 3; i += 1) await session.send("HeapProfiler.collectGarbage");
  const { metrics } = await session.send("Performance.getMetrics");
  return new Map(metrics.map(({ name, value }) => [name, value]));
}
