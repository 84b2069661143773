import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Backend } from "../../runtime/execute/backend.ts";
import { createNodeBackend } from "../../runtime/execute/ort-node.ts";
import {
  dpsMoCases,
  goldenCase,
  gradientCases,
  longCase,
  otherSamplerCases,
  toyCases,
} from "../backends/cases.ts";
import { differences, largest, reportOf } from "../backends/compare.ts";
import { startNodeHost, startPageHost, type Host } from "../backends/hosts.ts";
import { runCase, type CaseReport, type GraphCase } from "../backends/run-case.ts";
import { compareRun } from "../golden/replay.ts";
import { launchChromium } from "../support/chromium.ts";
import { type ServedPages, servePages } from "../support/serve-pages.ts";
import { swiftshaderEnvironment } from "../support/swiftshader.ts";

const cases = [...toyCases, ...dpsMoCases, ...gradientCases, ...otherSamplerCases];
const hosts: Readonly<Record<string, () => Promise<Host>>> = {
  "webgpu in Node": () => startNodeHost("webgpu", swiftshaderEnvironment()),
  "wasm in Chromium": () => startPageHost(browser, pages.url, "wasm"),
  "webgpu in Chromium": () => startPageHost(browser, pages.url, "webgpu"),
};
/**
 * Pictures and sound, branches, gradients, flow: tolerances are those of the cpu, times 10. On webgpu they are followed
 * in Node, which runs the same kernels on the same software driver as Chromium does.
 */
const goldenIds = [
  "projdiff_free_inpaint_gray28",
  "projdiff_noisy_sr4",
  "cpigdm_sr4",
  "cpigfm_sr4",
  "music_separation",
];
let cpu: Backend;
let pages: ServedPages;
let browser: Browser;

beforeAll(async () => {
  ({ backend: cpu } = await createNodeBackend("cpu", { threads: 1 }));
  pages = await servePages();
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  await pages?.close();
  await cpu?.close();
});

// WGSL lets sin and cos be off by 2^-11, and software drivers are.
const looser: Readonly<Record<string, number>> = { sin: 2 ** -11, cos: 2 ** -11 };

describe.each(Object.entries(hosts))("%s", (name, start) => {
  let host: Host;
  beforeAll(async () => {
    host = await start();
  });
  afterAll(() => host?.close());

  async function report(graphCase: GraphCase): Promise<CaseReport> {
    const here = reportOf(await host.run(graphCase));
    // Health, previews, probes, scans and outputs; everything else stays on the device.
    expect(here.counts.downloads).toBeLessThanOrEqual(here.askedDownloads);
    expect(here.counts.live).toBe(0);
    return here;
  }

  test("is the backend that was asked for", () => {
    expect(host.report.issues).toBeUndefined();
    expect(host.report.id).toBe(name.split(" ")[0]);
  });

  test.each(cases.map((each) => [each.name, each] as const))(
    "cpu's numbers: %s",
    async (_, each) => {
      const expected = await runCase(cpu, each);
      const here = await report(each);
      for (const [output, difference] of Object.entries(
        differences(here.outputs, expected.outputs),
      ))
        expect(difference, output).toBeLessThan(looser[output] ?? 1e-4);
      expect([here.nfe, here.vjpCalls]).toEqual([expected.nfe, expected.vjpCalls]);
      expect(here.warnings).toEqual(expected.warnings);
    },
  );

  test.each(name === "webgpu in Chromium" ? [] : goldenIds)(
    "follows the authors' trajectory: %s",
    async (id) => {
      const { prepared, graphCase } = goldenCase(id);
      const { comparisons } = compareRun(prepared, await report(graphCase), 10);
      expect(comparisons.length).toBeGreaterThan(3);
      for (const { array, passed, said } of comparisons)
        expect(passed, `${array} ${said}`).toBe(true);
    },
  );

  test("100 iterations leave no tensor behind", async () => {
    const { liveAtStep, noise, deviceBytes } = await report(longCase);
    expect(liveAtStep).toHaveLength(100);
    // An event is seen a little after it was sent; a leak is 50.
    const [before, after] = [liveAtStep.slice(0, 50), liveAtStep.slice(50)];
    expect(largest(after)).toBeLessThan(largest(before) + 10);
    expect(noise?.failure ?? null).toBeNull();
    if (noise !== null) expect(noise.ahead).toBeGreaterThan(0);
    if (deviceBytes === undefined) return;
    const again = await report(longCase);
    // A tensor an iteration would be 25 kB.
    expect((again.deviceBytes ?? Number.NaN) - deviceBytes).toBeLessThan(20_000);
  });
});
