import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { readDocument } from "../../runtime/graph/read.ts";
import { startTestServer } from "../server/support/test-server.ts";
import { attack, held } from "../support/attack.ts";
import { launchChromium } from "../support/chromium.ts";
import { startPlainHost } from "../support/plain-host.ts";
import type { ServerPage } from "./server-page.ts";
import { until } from "../support/until.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "denoodle-server-page-"));
let browser: Browser;

beforeAll(async () => {
  await build({
    configFile: false,
    root: join(root, "test/browser/page/server"),
    base: "./",
    publicDir: join(root, "editor/public"),
    resolve: { conditions: ["onnxruntime-web-use-extern-wasm", "module", "browser"] },
    worker: { format: "es" },
    build: { target: "es2023", outDir: folder, emptyOutDir: true, assetsInlineLimit: 0 },
    logLevel: "error",
  });
  browser = await launchChromium({ mayViolate: true });
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

/** A host that sends files and nothing else, as static hosts do. */
async function plainHost(leftOut: readonly string[] = []): Promise<string> {
  const host = await startPlainHost(folder, { leftOut });
  onTestFinished(() => host.close());
  return host.url;
}

interface Opened {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the page complained of. */
  readonly complaints: readonly string[];
}

async function open(url: string): Promise<Opened> {
  const context = await browser.newContext();
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (line) => {
    if (line.type() === "error") complaints.push(line.text());
  });
  page.on("pageerror", (error) => void complaints.push(error.message));
  await page.goto(url);
  await until(page, "globalThis.page !== undefined");
  return { page, context, complaints };
}

const ask = <T>(page: Page, of: (page: ServerPage) => T | Promise<T>): Promise<T> =>
  page.evaluate(`(${of.toString()})(globalThis.page)`);

const { document: graph } = readDocument({
  denoodle: 1,
  name: "sum",
  inputs: { image: { kind: "signal" } },
  graph: {
    loop: {
      type: "zone/repeat",
      v: 1,
      params: { count: 3 },
      states: { x0: { init: "@image", next: "more.x" } },
      body: {
        more: { type: "math/expression", v: 1, params: { expression: "2*x" }, in: { x: "@x0" } },
      },
    },
  },
  outputs: { x0: "loop.x0" },
});

/** Runs the graph on ones, in the page; the request is made there, as maps and arrays do not cross as JSON. */
const runIn = (page: Page, where: "onServer" | "here", backend: string): Promise<unknown> =>
  page.evaluate(
    ({ graph, where, backend }) =>
      (globalThis as unknown as { page: ServerPage }).page[where]({
        type: "run",
        run: 1,
        document: graph,
        feeds: {
          image: {
            kind: "tensor",
            data: { dtype: "float32", shape: [1, 1, 2, 2], data: new Float32Array(4).fill(1) },
          },
        },
        batch: null,
        files: new Map(),
        options: { backend, seed: 0, probes: [] },
      }),
    { graph, where, backend },
  );
const eights = { x0: { kind: "tensor", summary: { shape: [1, 1, 2, 2], min: 8, max: 8 } } };

describe("the server's page", () => {
  test("is isolated by headers, runs on the server and here under its policy, and hides the token", async () => {
    const server = await startTestServer({
      folder,
      opened: { name: "mine.json", read: async () => '{"denoodle":1}' },
    });
    const { page, context, complaints } = await open(server.link);
    expect(page.url()).toBe(`${server.origin}/`);
    expect(await ask(page, ({ isolated, loads }) => ({ isolated, loads }))).toEqual({
      isolated: true,
      loads: 1,
    });
    expect(context.serviceWorkers()).toEqual([]);
    expect(await ask(page, ({ opened }) => opened)).toBe("mine.json");
    expect(await ask(page, (own) => own.readOpened())).toBe('{"denoodle":1}');
    expect(await runIn(page, "onServer", "cpu")).toMatchObject(eights);
    expect(await runIn(page, "here", "wasm")).toMatchObject(eights);
    expect(complaints).toEqual([]);
    expect(server.lines).toEqual([]);
    await page.reload();
    await until(page, "globalThis.page !== undefined");
    expect(await runIn(page, "onServer", "cpu")).toMatchObject(eights);
  });

  test("cannot run script that is not the server's own file", async () => {
    const server = await startTestServer({ folder });
    const { page, complaints } = await open(server.origin);
    const ran = await page.evaluate(attack);
    expect(ran).toEqual(held);
    expect(
      complaints.filter((line) => line.includes("Content Security Policy")).length,
    ).toBeGreaterThan(2);
  });
});

describe("the page of a static host without headers", () => {
  test("loads itself once more and is isolated then, and so is the next tab at once", async () => {
    const url = await plainHost();
    const { page, context } = await open(url);
    expect(await ask(page, ({ isolated, loads }) => ({ isolated, loads }))).toEqual({
      isolated: true,
      loads: 2,
    });
    expect(await page.evaluate(() => typeof SharedArrayBuffer)).toBe("function");
    expect(await runIn(page, "here", "wasm")).toMatchObject(eights);
    const next = await context.newPage();
    await next.goto(url);
    await until(next, "globalThis.page !== undefined");
    expect(await ask(next, ({ isolated, loads }) => ({ isolated, loads }))).toEqual({
      isolated: true,
      loads: 1,
    });
  });

  test("is left as it is where the worker is missing: it loads once, and runs", async () => {
    const { page } = await open(await plainHost(["/isolate-sw.js"]));
    expect(await ask(page, ({ isolated, loads }) => ({ isolated, loads }))).toEqual({
      isolated: false,
      loads: 1,
    });
    expect(await runIn(page, "here", "wasm")).toMatchObject(eights);
  });
});
