import {
  faraway,
  groundIn,
  groundOf,
  nearby,
  spotIn,
  type LargePage,
  type Spot,
} from "./large-page.ts";
import { rest, type Work } from "./work.ts";

/** Mouse moves of one pan or drag. */
export const moves = 40;

/** One gesture's work; of a drag without what its drop does. */
export type Gesture = (page: LargePage) => Promise<Work>;

/** To the left and back, so that every round begins where the one before began. */
async function dragged(large: LargePage, from: Spot): Promise<Work> {
  const { page, meter } = large;
  await page.mouse.move(...from);
  await page.mouse.down();
  await page.mouse.move(from[0] + 8, from[1] + 8);
  const work = await meter.measure(async () => {
    for (let i = 1; i <= moves; i += 1) {
      const far = i <= moves / 2 ? i : moves - i;
      await page.mouse.move(from[0] - 6 * far, from[1] - 3 * far);
    }
  });
  await page.mouse.up();
  await rest(page);
  return each(work);
}

const each = ({ script, style, layout }: Work): Work => ({
  script: script / moves,
  style: style / moves,
  layout: layout / moves,
});

const head: Spot = [60, 14];

/** Everything a person does to one thing of a large graph, by what the report calls it. */
export const gestures = {
  pan: async (large) => dragged(large, await groundOf(large)),
  drag: async (large) => {
    const work = await dragged(large, await spotIn(large.middle, head));
    await large.page.keyboard.press("Control+z");
    await rest(large.page);
    return work;
  },
  drop: async (large) => {
    const { page, meter, middle } = large;
    const [x, y] = await spotIn(middle, head);
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 16, y + 8, { steps: 4 });
    const work = await meter.measure(() => page.mouse.up());
    await page.keyboard.press("Control+z");
    await rest(page);
    return work;
  },
  overview: async (large) => {
    const { page } = large;
    await faraway(page);
    const work = await dragged(large, await groundIn(page));
    await nearby(page);
    await large.middle.waitFor();
    return work;
  },
  "wire pick-up": async (large) => {
    const { page, meter } = large;
    const [x, y] = await spotIn(large.handle(`${large.graph.middle}/out/x`), [12, 12]);
    await page.mouse.move(x, y);
    const work = await meter.measure(async () => {
      await page.mouse.down();
      await page.mouse.move(x + 12, y + 4);
    });
    await page.mouse.up();
    await page.keyboard.press("Escape");
    await rest(page);
    return work;
  },
  select: async (large) => {
    const { page, meter } = large;
    const spot = await spotIn(large.middle, head);
    await page.mouse.click(...(await groundOf(large)));
    return meter.measure(() => page.mouse.click(...spot));
  },
  "typing a letter": async (large) => {
    const { page, meter } = large;
    await page.mouse.click(...(await spotIn(besideMiddle(large), head)));
    const field = page.locator('[data-param="factor"] input');
    await field.click();
    await page.keyboard.press("End");
    const work = await meter.measure(() => page.keyboard.press("7"));
    await page.keyboard.press("Backspace");
    await rest(page);
    return work;
  },
  "undo and redo": async (large) => {
    const { page, meter } = large;
    await page.mouse.click(...(await spotIn(large.middle, head)));
    await page.keyboard.press("Delete");
    await large.middle.waitFor({ state: "detached" });
    const work = await meter.measure(async () => {
      await page.keyboard.press("Control+z");
      await large.middle.waitFor();
    });
    return work;
  },
} as const satisfies Readonly<Record<string, Gesture>>;

export type GestureName = keyof typeof gestures;

/** The scaling node to the left of the middle. */
function besideMiddle({ page, graph }: LargePage) {
  const i = Number(graph.middle.replace("graph/n", "")) - 1;
  return page.locator(`.react-flow__node[data-id="graph/n${i}"]`);
}
