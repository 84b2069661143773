import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Issue } from "../../runtime/base/issue.ts";
import type { EngineEvent } from "../../runtime/protocol/events.ts";
import { dpsMoCases } from "../backends/cases.ts";
import { fromText, toText } from "../backends/plain-text.ts";
import type { GraphCase } from "../backends/run-case.ts";
import { float32 } from "../../runtime/tensor/tensor.ts";
import { launchChromium } from "../support/chromium.ts";
import { type ServedPages, servePages } from "../support/serve-pages.ts";
import type { EngineAsk, EnginePage } from "./engine-page.ts";
import { until } from "../support/until.ts";

let pages: ServedPages;
let browser: Browser;
let page: Page;
const [sampler] = dpsMoCases as [GraphCase];

beforeAll(async () => {
  pages = await servePages();
  browser = await launchChromium();
  page = await browser.newPage();
  await page.goto(pages.url);
  await until(page, "globalThis.engine !== undefined");
});

afterAll(async () => {
  await browser?.close();
  await pages?.close();
});

async function lastEvent(
  graphCase: GraphCase,
  { wanted = "wasm", assetsThere = true }: Partial<EngineAsk> = {},
): Promise<EngineEvent> {
  const ask: EngineAsk = { wanted, assetsThere, graphCase: toText(graphCase) };
  const event = await page.evaluate(
    (given) => (globalThis as unknown as { engine: EnginePage }).engine.run(given),
    ask,
  );
  return fromText(event);
}

async function issuesOf(
  graphCase: GraphCase,
  ask: Partial<EngineAsk> = {},
): Promise<readonly Issue[]> {
  const event = await lastEvent(graphCase, ask);
  if (event.type !== "failed") throw new Error(`the run ended with ${event.type}`);
  for (const { message } of event.issues) expect(message).not.toMatch(/Error:|\bat \S+\.js|\n/);
  return event.issues;
}

const withFeeds = (feeds: GraphCase["feeds"]): GraphCase => ({
  ...sampler,
  feeds: { ...sampler.feeds, ...feeds },
});

test("the engine in a page's worker runs a sampler to its end", async () => {
  expect(await lastEvent(sampler)).toMatchObject({ type: "done", nfe: 5 });
});

test("what compiling refuses comes back from the page as an issue", async () => {
  const unknown = withFeeds({ prior: { kind: "node", type: "prior/none", params: {} } });
  expect(await issuesOf(unknown)).toMatchObject([{ code: "node.unknown" }]);
});

test("a broken model comes back as an issue", async () => {
  const { prior } = sampler.models ?? {};
  if (prior === undefined) throw new Error("the case has no prior");
  const broken = { ...sampler, models: { prior: { ...prior, bytes: prior.bytes.slice(0, 9000) } } };
  expect(await issuesOf(broken)).toMatchObject([{ code: expect.stringMatching(/^model\./) }]);
});

test("values that become infinite are located, on wasm and on webgpu", async () => {
  const literal = withFeeds({
    literal: { kind: "number", value: 1 },
    eta: { kind: "number", value: 1e30 },
  });
  for (const wanted of ["wasm", "webgpu"] as const) {
    const [issue] = await issuesOf(literal, { wanted });
    expect(issue).toMatchObject({ code: "run.not-finite", at: { node: expect.any(String) } });
  }
});

test("a backend that the page does not have comes back as an issue", async () => {
  expect(await issuesOf(sampler, { wanted: "cpu" })).toMatchObject([
    { code: "backend.unavailable" },
  ]);
});

test("where onnxruntime's files are missing, an issue says so in a sentence", async () => {
  const [issue] = await issuesOf(sampler, { assetsThere: false });
  expect(issue).toMatchObject({ code: "backend.unavailable" });
  expect(issue?.message).toContain("nowhere.");
});

test("what cannot fit into WebAssembly's memory is refused before it is tried", async () => {
  const times = (factor: number) => ({
    type: "math/expression",
    v: 1,
    params: { expression: `${factor}*x` },
    in: { x: "explained.x" },
  });
  const names = ["a", "b", "c", "d"];
  const explained = { operator: "@operator", y: "@measurement" };
  const document = {
    denoodle: 1,
    name: "four pictures of 16384 x 16384",
    inputs: { measurement: { kind: "measurement" }, operator: { kind: "operator" } },
    graph: {
      explained: { type: "operator/pinv", v: 1, in: explained },
      ...Object.fromEntries(names.map((name, i) => [name, times(i + 2)])),
    },
    outputs: Object.fromEntries(names.map((name) => [name, `${name}.x`])),
    blocks: {},
  } as unknown as GraphCase["document"];
  const feeds: GraphCase["feeds"] = {
    measurement: { kind: "tensor", data: float32(new Float32Array(2 ** 16), [1, 1, 256, 256]) },
    operator: { kind: "node", type: "operator/average", params: { factor: 64 } },
  };
  const [issue] = await issuesOf({ name: "huge", document, feeds });
  expect(issue).toMatchObject({
    code: "backend.memory",
    message: expect.stringMatching(/at least 4\.\d+ GB .* WebAssembly ends at 4\.29 GB\./),
  });
});
