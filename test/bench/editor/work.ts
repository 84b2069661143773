import type { CDPSession, Page } from "playwright-core";

/** Milliseconds that a page's main thread worked, without painting, which a graphics card does elsewhere. */
export interface Work {
  readonly script: number;
  readonly style: number;
  readonly layout: number;
}

export const totalOf = ({ script, style, layout }: Work): number => script + style + layout;

/** Measures a page's main thread. */
export interface Meter {
  /** What an act and all that follows it takes, until the page rests. */
  measure(act: () => Promise<unknown>): Promise<Work>;
}

export async function meterOf(page: Page): Promise<Meter> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  return {
    async measure(act) {
      await rest(page);
      const before = await metricsOf(session);
      await act();
      await rest(page);
      const after = await metricsOf(session);
      const of = (name: string) => 1000 * ((after.get(name) ?? NaN) - (before.get(name) ?? NaN));
      return {
        script: of("ScriptDuration"),
        style: of("RecalcStyleDuration"),
        layout: of("LayoutDuration"),
      };
    },
  };
}

/** Until the page has drawn, and has nothing more to do. */
export const rest = (page: Page): Promise<unknown> =>
  page.evaluate(`new Promise((done) =>
    requestAnimationFrame(() => requestAnimationFrame(() => requestIdleCallback(done))))`);

async function metricsOf(session: CDPSession): Promise<ReadonlyMap<string, number>> {
  const { metrics } = await session.send("Performance.getMetrics");
  return new Map(metrics.map(({ name, value }) => [name, value]));
}
