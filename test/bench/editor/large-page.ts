import type { Browser, Locator, Page } from "playwright-core";
import { dropFile, handOn } from "../../support/editor-hand.ts";
import type { LargeGraph } from "./large-graph.ts";
import { meterOf, rest, type Meter, type Work } from "./work.ts";

/** Where a mouse goes. */
export type Spot = readonly [x: number, y: number];

/** The editor with a large graph open, seen at zoom 1 around its middle. */
export interface LargePage {
  readonly page: Page;
  readonly meter: Meter;
  readonly graph: LargeGraph;
  /** What opening the file took. */
  readonly opening: Work;
  readonly middle: Locator;
  handle(key: string): Locator;
}

export async function openLarge(
  browser: Browser,
  url: string,
  graph: LargeGraph,
): Promise<LargePage> {
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
  await page.goto(url);
  const hand = handOn(page);
  await hand.done();
  const meter = await meterOf(page);
  const opening = await meter.measure(async () => {
    await dropFile(page, "large.json", graph.text);
    await page.locator(".canvas-map").waitFor();
  });
  // All is shown once it is open; from there zoom 1 is around the middle.
  await faraway(page);
  await nearby(page);
  const middle = hand.node(graph.middle);
  await middle.waitFor();
  await rest(page);
  return { page, meter, graph, opening, middle, handle: hand.handle };
}

/** Goes to zoom 1. */
export async function nearby(page: Page): Promise<void> {
  await page.keyboard.press("Control+0");
  await stands(page);
}

/** Goes to where all is seen. */
export async function faraway(page: Page): Promise<void> {
  await page.keyboard.press("Shift+1");
  await stands(page);
}

/** Until the view has not moved for ten frames. */
const stands = (page: Page): Promise<unknown> =>
  page.evaluate(`new Promise((done) => {
    const view = document.querySelector(".react-flow__viewport");
    let [last, same] = ["", 0];
    const look = () => {
      const now = view.style.transform;
      same = now === last ? same + 1 : 0;
      last = now;
      if (same === 10) done(); else requestAnimationFrame(look);
    };
    look();
  })`);

/** The ground in the canvas' upper left corner. */
export async function groundIn(page: Page): Promise<Spot> {
  return spotIn(page.locator(".canvas"), [6, 120]);
}

/** A spot of an element, from its upper left corner. */
export async function spotIn(element: Locator, [x, y]: Spot): Promise<Spot> {
  const box = await element.boundingBox();
  if (box === null) throw new Error("what is looked for is not on the screen");
  return [box.x + x, box.y + y];
}

/** The bare ground beside the middle node. */
export async function groundOf({ page, middle }: LargePage): Promise<Spot> {
  const [x, y] = await spotIn(middle, [-14, -14]);
  const isGround = await page.evaluate(
    `document.elementFromPoint(${x}, ${y})?.classList.contains("react-flow__pane") ?? false`,
  );
  if (isGround !== true) throw new Error("the ground beside the middle node is covered");
  return [x, y];
}
