import type { Browser } from "playwright-core";
import type { Bench } from "../bench.ts";
import type { Figure, Section } from "../report.ts";
import { gestures, moves, type GestureName } from "./gestures.ts";
import { largeGraph } from "./large-graph.ts";
import { openLarge, type LargePage } from "./large-page.ts";
import type { Site } from "./site.ts";
import { totalOf } from "./work.ts";

const sizes = [100, 400, 2000] as const;
const names = Object.keys(gestures) as readonly GestureName[];

/** At most so much more work for the largest graph than for the smallest. */
const mostGrowth: Partial<Record<GestureName, number>> = { pan: 1.5, drag: 1.5 };

/** What one gesture costs in graphs of growing size, all seen at the same zoom. */
export async function scale(browser: Browser, site: Site, bench: Bench): Promise<Section> {
  const asked = bench.quick ? [50, 100] : sizes;
  const open: LargePage[] = [];
  for (const size of asked) open.push(await openLarge(browser, site.url, largeGraph(size)));
  const all: Figure[] = [];
  for (const name of names) all.push(...(await figuresOf(name, open, bench.rounds)));
  const opening = open.map(({ graph, opening: work }): Figure => ({
    name: `opening, ${graph.nodes} nodes`,
    value: totalOf(work),
    unit: "ms",
  }));
  for (const { page } of open) await page.close();
  const last = open.at(-1)?.graph;
  return {
    title: "The editor at scale",
    about: `Script, style and layout on the page's main thread, without painting: the least of ${bench.rounds} rounds in which the sizes take turns; of panning, dragging and the overview for one of ${moves} mouse moves. ${last?.nodes} nodes have ${last?.wires} wires; at zoom 1 about as many are in sight of each graph.`,
    figures: [...all, ...opening],
  };
}

async function figuresOf(
  name: GestureName,
  open: readonly LargePage[],
  rounds: number,
): Promise<readonly Figure[]> {
  const least = open.map(() => Infinity);
  for (let round = 0; round < rounds + 1; round += 1)
    for (const [i, large] of open.entries()) {
      await large.page.bringToFront();
      const work = totalOf(await gestures[name](large));
      // The first round compiles.
      if (round > 0) least[i] = Math.min(least[i] ?? Infinity, work);
    }
  const [small, large] = [least[0] ?? NaN, least.at(-1) ?? NaN];
  const most = mostGrowth[name];
  return [
    ...open.map(({ graph }, i): Figure => ({
      name: `${name}, ${graph.nodes} nodes`,
      value: least[i] ?? NaN,
      unit: "ms",
    })),
    {
      name: `${name}, largest over smallest`,
      value: large / small,
      unit: "x",
      ...(most === undefined ? {} : { most }),
    },
  ];
}
