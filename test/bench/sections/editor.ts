import type { CDPSession, Page } from "playwright-core";
import type { Bench } from "../bench.ts";
import type { Figure, Section } from "../report.ts";
import { launchChromium } from "../../support/chromium.ts";
import { serveEditor } from "../../support/serve-editor.ts";

/** Work of the page's main thread for one event, in ms. */
interface Work {
  readonly script: number;
  readonly style: number;
  readonly layout: number;
}

interface Cost {
  readonly nodes: number;
  readonly edges: number;
  readonly pan: Work;
  readonly drag: Work;
}

const events = 40;

/** What one event of a pan or a drag costs the page: of a large graph beside a small one, both seen at the same zoom. */
export async function editorAtScale({ quick }: Bench): Promise<Section> {
  const [small, large] = await costsOf(quick ? [50, 200] : [100, 2000]);
  if (small === undefined || large === undefined) throw new Error("nothing was measured");
  const work = ({ script, style, layout }: Work) => script + style + layout;
  const figures = (["pan", "drag"] as const).flatMap((name): readonly Figure[] => [
    { name: `${name}, ${small.nodes} nodes`, value: work(small[name]), unit: "ms" },
    { name: `${name}, ${large.nodes} nodes`, value: work(large[name]), unit: "ms" },
    {
      name: `${name}, large over small`,
      value: work(large[name]) / work(small[name]),
      unit: "x",
      most: 1.5,
    },
  ]);
  return {
    title: "The editor at scale",
    about: `Script, style and layout on the page's main thread for one of ${events} events, in Chromium; ${large.nodes} nodes have ${large.edges} wires.`,
    figures,
  };
}

async function costsOf(sizes: readonly number[]): Promise<readonly Cost[]> {
  const site = await serveEditor();
  const browser = await launchChromium();
  try {
    const costs: Cost[] = [];
    for (const size of sizes) {
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
      await page.goto(site.url);
      await page.waitForSelector(".react-flow__node");
      costs.push(await measure(page, size));
      await page.close();
    }
    return costs;
  } finally {
    await browser.close();
    await site.close();
  }
}

async function measure(page: Page, size: number): Promise<Cost> {
  const { text, edges } = graphOf(size);
  await openText(page, text);
  await page.waitForSelector(`.react-flow__node[data-id="graph/n0"]`);
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  const pan = await costOf(session, async () => {
    await page.mouse.move(700, 300);
    for (let i = 0; i < events; i += 1) await page.mouse.wheel(8, 4);
  });
  const drag = await costOf(session, async () => {
    const box = await page.locator(".react-flow__node").first().boundingBox();
    if (box === null) throw new Error("no node is in sight");
    await page.mouse.move(box.x + 40, box.y + 12);
    await page.mouse.down();
    for (let i = 0; i < events; i += 1)
      await page.mouse.move(box.x + 40 + 4 * i, box.y + 12 + 2 * i);
    await page.mouse.up();
  });
  return { nodes: size, edges, pan, drag };
}

/** Work for one of `events` events. */
async function costOf(session: CDPSession, act: () => Promise<void>): Promise<Work> {
  const before = await metrics(session);
  await act();
  const after = await metrics(session);
  const of = (name: string) => (1000 * ((after.get(name) ?? 0) - (before.get(name) ?? 0))) / events;
  return {
    script: of("ScriptDuration"),
    style: of("RecalcStyleDuration"),
    layout: of("LayoutDuration"),
  };
}

async function metrics(session: CDPSession): Promise<ReadonlyMap<string, number>> {
  const { metrics: found } = await session.send("Performance.getMetrics");
  return new Map(found.map(({ name, value }) => [name, value]));
}

/** A grid of expressions, each reading one or two before it. */
function graphOf(size: number): { readonly text: string; readonly edges: number } {
  const columns = Math.ceil(Math.sqrt(size));
  const ids = Array.from({ length: size }, (_, i) => `n${i}`);
  const graph = Object.fromEntries(
    ids.map((id, i) => [
      id,
      i === 0
        ? { type: "math/constant", v: 1, params: { value: 0 }, in: { space: "@operator" } }
        : { type: "math/add", v: 1, in: { a: `n${i - 1}.x`, b: `n${i >> 1}.x` } },
    ]),
  );
  const nodes = Object.fromEntries(
    ids.map((id, i) => [id, [(i % columns) * 240, Math.floor(i / columns) * 140]]),
  );
  const document = {
    denoodle: 1,
    name: `${size} nodes`,
    inputs: { operator: { kind: "operator" } },
    graph,
    outputs: { x: `n${size - 1}.x` },
    blocks: {},
    ui: { nodes: { ...nodes, "@operator": [-240, 0], "=x": [columns * 240, 0] } },
  };
  return { text: JSON.stringify(document), edges: 2 * (size - 1) };
}

async function openText(page: Page, text: string): Promise<void> {
  await page.evaluate(
    `(() => {
      const data = new DataTransfer();
      data.items.add(new File([${JSON.stringify(text)}], "large.json", { type: "application/json" }));
      window.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
    })()`,
  );
}
