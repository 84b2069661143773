import type { Browser } from "playwright-core";
import { handOn } from "../../support/editor-hand.ts";
import { firstBytes, mostFirstBytes } from "../../support/first-bytes.ts";
import type { Bench } from "../bench.ts";
import { median } from "../measure.ts";
import type { Figure, Section } from "../report.ts";
import type { Site } from "./site.ts";
import { sketch } from "./sketch.ts";

/** What comes over the wire before anything can be seen, and how long a first visit waits for what moves. */
export async function start(browser: Browser, site: Site, bench: Bench): Promise<Section> {
  const visits: Visit[] = [];
  for (let i = 0; i < bench.rounds; i += 1) visits.push(await visit(browser, site.url));
  const least = (of: (one: Visit) => number): number => Math.min(...visits.map(of));
  const rounds = `the least of ${bench.rounds} visits`;
  const figures: readonly Figure[] = [
    {
      name: "scripts and styles, gzip",
      value: firstBytes(site.folder) / 1000,
      unit: "kB",
      most: mostFirstBytes / 1000,
    },
    { name: "first paint", value: least(({ paint }) => paint), unit: "ms", note: rounds },
    { name: "graph drawn", value: least(({ graph }) => graph), unit: "ms", note: rounds },
    {
      name: "particles move",
      value: least(({ moves }) => moves),
      unit: "ms",
      most: 2000,
      note: `the second picture of a run that has just begun; ${rounds}, the middle ${Math.round(median(visits.map(({ moves }) => moves)))} ms`,
    },
  ];
  return {
    title: "A first visit",
    about:
      "A browser that has nothing of the page, with the site on the same machine: from the request to what is seen of the opening example. Bytes are those that the page asks for by itself before the engine.",
    figures,
  };
}

interface Visit {
  readonly paint: number;
  readonly graph: number;
  readonly moves: number;
}

async function visit(browser: Browser, url: string): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript(watch);
  await page.goto(url, { waitUntil: "commit" });
  await handOn(page).done();
  const seen = await page.evaluate(read);
  await context.close();
  return seen as Visit;
}

/** Notes, by the page's own clock, when a node stands, and when the scene is drawn for the second time. */
const watch = `(() => {
  const seen = (globalThis.denoodleBench = { graph: NaN, moves: NaN });
  const pictures = new Set();
  const sketch = ${sketch};
  const look = () => {
    if (Number.isNaN(seen.graph) && document.querySelector(".react-flow__node") !== null)
      seen.graph = performance.now();
    const canvas = [...document.querySelectorAll(".scene canvas")].at(-1);
    if (canvas !== undefined && canvas.width > 0 && document.querySelector('.run-status[data-phase="running"], .run-status[data-phase="done"]') !== null) {
      pictures.add(sketch(canvas));
      if (pictures.size >= 2) {
        seen.moves = performance.now();
        return;
      }
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})()`;

const read = `({
  ...globalThis.denoodleBench,
  paint: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? NaN,
})`;
