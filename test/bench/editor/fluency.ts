import type { Browser, Locator, Page } from "playwright-core";
import { handOn } from "../../support/editor-hand.ts";
import type { Bench } from "../bench.ts";
import { median } from "../measure.ts";
import type { Figure, Section } from "../report.ts";
import { faraway, spotIn } from "./large-page.ts";
import type { Site } from "./site.ts";
import { sketch } from "./sketch.ts";
import { rest } from "./work.ts";

/** How the page keeps up while a sampler runs, and how soon a changed number is seen. */
export async function fluency(browser: Browser, site: Site, bench: Bench): Promise<Section> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.addInitScript(watchTasks);
  await page.goto(site.url);
  const hand = handOn(page);
  await hand.done();
  await faraway(page);
  const seconds = bench.quick ? 1 : 5;
  const during: Figure[] = [];
  for (const [name, activity] of Object.entries(activities))
    during.push(...(await tasksDuring(page, name, seconds, activity)));
  const waits = await sliderWaits(page, bench.quick ? 4 : 12);
  await page.close();
  return {
    title: "While a sampler runs",
    about: `The opening example, run over and over for ${seconds} seconds of each activity; a long task keeps the page's main thread for more than 50 ms, what it takes beyond that blocks. A slider's wait is from the key that changes the strength of the guidance to the first new picture of the particles.`,
    figures: [
      ...during,
      {
        name: "slider to new picture",
        value: Math.min(...waits),
        unit: "ms",
        most: 50,
        note: "the least",
      },
      {
        name: "slider to new picture, middle",
        value: median(waits),
        unit: "ms",
        note: `of ${waits.length}`,
      },
    ],
  };
}

/** What a person does, again and again. */
interface Activity {
  readonly begin: (page: Page) => Promise<unknown>;
  readonly step: (page: Page, i: number) => Promise<unknown>;
}

const head = (page: Page) =>
  page.locator('.react-flow__node[data-id="graph/measure"] .canvas-head');

const activities: Readonly<Record<string, Activity>> = {
  "nothing else": { begin: rest, step: rest },
  typing: {
    begin: async (page) => (await strength(page)).press("End"),
    step: (page, i) => page.keyboard.press(i % 2 === 0 ? "3" : "Backspace"),
  },
  "dragging a node": {
    begin: async (page) => {
      await page.mouse.move(...(await spotIn(head(page), [6, 6])));
      await page.mouse.down();
    },
    step: async (page, i) => {
      const [x, y] = await spotIn(head(page), [6, 6]);
      await page.mouse.move(x + (i % 2 === 0 ? 9 : -9), y);
    },
  },
  scrubbing: {
    begin: (page) => page.getByRole("slider", { name: "Step of reverse" }).focus(),
    step: (page, i) => page.keyboard.press(i % 40 < 20 ? "ArrowLeft" : "ArrowRight"),
  },
};

/** The field of the guidance's strength, with the keyboard in it. */
async function strength(page: Page): Promise<Locator> {
  await page.locator('.react-flow__node[data-id="inputs/guidanceScale"] .canvas-head').click();
  const field = page.locator(".inspector-number-input").first();
  await field.focus();
  return field;
}

async function tasksDuring(
  page: Page,
  name: string,
  seconds: number,
  { begin, step }: Activity,
): Promise<readonly Figure[]> {
  await begin(page);
  await page.evaluate("globalThis.denoodleTasks.length = 0");
  const began = performance.now();
  for (let i = 0; performance.now() < began + 1000 * seconds; i += 1) {
    await page.evaluate(runAgain);
    await step(page, i);
  }
  const tasks = (await page.evaluate("globalThis.denoodleTasks")) as readonly number[];
  const took = (performance.now() - began) / 1000;
  await page.mouse.up();
  await rest(page);
  const blocked = tasks.reduce((sum, ms) => sum + ms - 50, 0);
  return [
    { name: `${name}: long tasks a second`, value: tasks.length / took, unit: "" },
    {
      name: `${name}: blocked`,
      value: blocked / (10 * took),
      unit: "%",
      note: `the longest ${Math.round(Math.max(0, ...tasks))} ms`,
    },
  ];
}

/** A run that is done begins again. */
const runAgain = `document.querySelector('.run-status[data-phase="done"]') === null
  ? null
  : document.querySelector(".run-start")?.click()`;

const watchTasks = `(() => {
  const tasks = (globalThis.denoodleTasks = []);
  new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration)))
    .observe({ type: "longtask" });
})()`;

async function sliderWaits(page: Page, count: number): Promise<readonly number[]> {
  await strength(page);
  const waits: number[] = [];
  for (let i = 0; i < count; i += 1) {
    await page.evaluate(runAgain);
    await handOn(page).done();
    await rest(page);
    await page.evaluate(armPicture);
    await page.keyboard.press(i % 2 === 0 ? "ArrowUp" : "ArrowDown");
    const wait = (await page.evaluate("globalThis.denoodlePicture")) as number | null;
    if (wait !== null) waits.push(wait);
    else await page.locator(".run-start").click();
  }
  return waits.length === 0 ? [NaN] : waits;
}

/** From the next key until the scene's picture is another; null where the page does not run again by itself. */
const armPicture = `void (globalThis.denoodlePicture = new Promise((done) => {
  const canvas = [...document.querySelectorAll(".scene canvas")].at(-1);
  const sketch = ${sketch};
  const before = sketch(canvas);
  addEventListener("keydown", () => {
    const began = performance.now();
    const look = () => {
      if (sketch(canvas) !== before) done(performance.now() - began);
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
    setTimeout(() => done(null), 4000);
  }, { once: true, capture: true });
}))`;
