import type { Browser } from "playwright-core";
import { build } from "vite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { philoxNoise } from "../../runtime/execute/noise/philox-noise.ts";
import { launchChromium } from "../support/chromium.ts";
import { noiseDraws, type NoisePage } from "./noise-page.ts";
import { until } from "../support/until.ts";

const address = "http://localhost/noise";
let browser: Browser;
let script: string;
let expected: number[][];

beforeAll(async () => {
  const entry = new URL("page/noise.ts", import.meta.url).pathname;
  const built = await build({
    configFile: false,
    logLevel: "error",
    build: { write: false, lib: { entry, formats: ["es"], fileName: "noise" } },
  });
  const output = Array.isArray(built) ? built[0] : built;
  if (output === undefined || !("output" in output)) throw new Error("vite built nothing");
  script = output.output[0].code;
  browser = await launchChromium({ mayViolate: true });
  const source = philoxNoise(7);
  expected = await Promise.all(
    noiseDraws.map(async (draw) => [...new Uint32Array((await source.draw(draw)).buffer)]),
  );
});

afterAll(() => browser?.close());

test.each([
  ["shared memory", "", true],
  ["transferred memory", "", false],
  ["workers that the page's policy forbids", "worker-src 'none'", true],
])("draws Node's bits in Chromium, with %s", async (_, policy, isolated) => {
  const page = await browser.newPage();
  const headers: Record<string, string> = { "content-type": "text/html" };
  if (policy !== "") headers["content-security-policy"] = policy;
  if (isolated) {
    headers["cross-origin-opener-policy"] = "same-origin";
    headers["cross-origin-embedder-policy"] = "require-corp";
  }
  const body = `<!doctype html><script type="module">${script.replaceAll("</script", "<\\/script")}</script>`;
  await page.route(address, (route) => route.fulfill({ headers, body }));
  await page.goto(address);
  await until(page, "globalThis.noisePage !== undefined");
  for (const pause of [true, false]) {
    const { arrays, failure, shared } = await page.evaluate(
      (wait) => (globalThis as unknown as { noisePage: NoisePage }).noisePage.drawAll(wait),
      pause,
    );
    expect(shared).toBe(isolated);
    if (policy === "") expect(failure).toBeNull();
    else if (pause) expect(failure).not.toBeNull();
    expect(arrays).toEqual(expected);
  }
  await page.close();
});
