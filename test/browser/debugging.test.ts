import type { Page } from "playwright-core";
import { beforeEach, describe, expect, inject, test } from "vitest";
import { startTestServer } from "../server/support/test-server.ts";
import { example } from "../studio/kit.ts";
import { dropFile, patient, pictureAfter, type Hand } from "../support/editor-hand.ts";
import { editorSite } from "../support/editor-site.ts";

const site = editorSite();
let page: Page;
let hand: Hand;

beforeEach(async () => {
  ({ page, hand } = await site.open());
});

/** The opening example without layout, probes and scene; its last expression may be another. */
function plain(steps = 12, expression?: string): string {
  const { ui: _, ...document } = structuredClone(example(steps)) as unknown as {
    ui: unknown;
    name: string;
    graph: {
      reverse: {
        body: {
          guided: { params: { expression: string }; in: Record<string, string> };
        };
      };
    };
  };
  const { guided } = document.graph.reverse.body;
  if (expression !== undefined) {
    guided.in["k"] = "@k";
    guided.params.expression = expression;
  }
  return JSON.stringify({ ...document, name: "Plain" });
}

/** Opens a graph of its own, which has not been run. */
async function open(text: string): Promise<void> {
  await hand.done();
  await dropFile(page, "plain.json", text);
  await page.locator('.run-status[data-phase="idle"]').waitFor(patient);
  await hand.showAll();
}

const phase = (name: string) => page.locator(`.run-status[data-phase="${name}"]`).waitFor(patient);
const outputs = () => page.getByRole("region", { name: "Outputs" });
const held = () => page.locator(".breakpoints-held").first();
const readsOut = (words: string | RegExp) =>
  page.locator(".timeline-readout", { hasText: words }).waitFor(patient);
const canvasTitle = (key: string) => hand.node(key).locator(".canvas-title");
const select = (key: string) => canvasTitle(key).click();
const isSelected = (key: string) =>
  page.locator(`.react-flow__node.selected[data-id="${key}"]`).waitFor(patient);
const guided = "graph/reverse/body/guided";
const size = "graph/reverse/body/size";

describe("what a graph makes", () => {
  test("is shown without a probe: what becomes the output after a step, the measurement, and the end", async () => {
    await open(plain());
    await page.keyboard.press("F11");
    await phase("paused");
    await outputs().getByText("so far: reverse/guided.x").waitFor(patient);
    for (const name of ["x0", "measurement"])
      await outputs().getByRole("button", { name }).waitFor(patient);
    const first = await pictureAfter(outputs().locator(".viewers-watched canvas").first(), null);
    await page.keyboard.press("F11");
    await readsOut("Step 2 of 13");
    await pictureAfter(outputs().locator(".viewers-watched canvas").first(), first);
    // Seen from afar the canvas draws no previews.
    await hand
      .node("outputs/x0")
      .locator("canvas")
      .waitFor({ ...patient, state: "attached" });
    await page.keyboard.press("F5");
    await phase("done");
    await outputs().getByText("final").waitFor(patient);
  });

  test("goes with the scrubber, over steps, levels and evaluations", async () => {
    await open(plain());
    await page.keyboard.press("F5");
    await phase("done");
    const canvas = outputs().locator(".viewers-watched canvas").first();
    const end = await pictureAfter(canvas, null);
    await page.getByRole("slider", { name: "Step of reverse" }).focus();
    await page.keyboard.press("Home");
    await readsOut(/Step 1 of 13 · σ 1\.00 · 1 NFE/);
    await pictureAfter(canvas, end);
    for (const axis of ["sigma", "nfe", "ms"])
      await page.getByLabel("Axis").selectOption(axis, patient);
  });
});

describe("breakpoints", () => {
  test("are set by a key, hold where their condition holds, and say which and why", async () => {
    await open(plain());
    await select(size);
    await page.keyboard.press("F9");
    await hand.node(size).getByRole("img", { name: "Breakpoint" }).first().waitFor(patient);
    await page.keyboard.press("Shift+F9");
    const condition = page.getByRole("textbox", { name: "When to stop at reverse/size.norm" });
    await condition.fill("residual > 1");
    await page
      .getByRole("alert")
      .getByText(/reads residual/)
      .waitFor(patient);
    await condition.fill("norm(norm) > 0 && iteration >= 4");
    await condition.press("Enter");
    await select("graph/start");
    await page.keyboard.press("F5");
    await phase("paused");
    await isSelected(size);
    await held().getByText("Held after step 5.").waitFor(patient);
    await held()
      .getByText(/iteration = 4/)
      .waitFor(patient);
    await page.getByRole("checkbox", { name: "Stop at reverse/size.norm" }).uncheck(patient);
    await page.keyboard.press("F5");
    await phase("done");
  });

  test("are set in the menu of a node and on the timeline, where they are marked", async () => {
    await open(plain());
    await canvasTitle("graph/reverse").click({ button: "right" });
    await page.getByRole("menuitem", { name: /Set or remove a breakpoint/ }).click();
    await page.keyboard.press("F5");
    await phase("paused");
    await held().getByText("Held after step 1.").waitFor(patient);
    await page.keyboard.press("Control+Shift+F9");
    await page.getByRole("button", { name: "Breakpoint at step 1" }).click();
    await page.getByRole("img", { name: "Breakpoint at step 1", exact: true }).waitFor(patient);
    await page.keyboard.press("F5");
    await phase("done");
  });

  test("go with a reload of the file that they are kept in", async () => {
    await open(plain());
    await select(size);
    await page.keyboard.press("F9");
    const text = await hand.savedText();
    expect(JSON.parse(text)).toMatchObject({
      ui: { breakpoints: [{ wire: "reverse/size.norm", condition: "1", enabled: true }] },
    });
  });
});

describe("stepping", () => {
  test("into the nodes of a step shows what goes into each and comes out of it", async () => {
    await open(plain());
    await page.keyboard.press("F10");
    await phase("paused");
    await page.keyboard.press("F10");
    await isSelected("graph/reverse/body/denoise");
    const values = page.locator(".inspector-values");
    await values.getByText("1 × 2").first().waitFor(patient);
    await expect.poll(() => values.locator("li").count(), patient).toBeGreaterThan(1);
    await page.keyboard.press("F10");
    await expect
      .poll(() => page.locator(".react-flow__node.selected").getAttribute("data-id"), patient)
      .not.toBe("graph/reverse/body/denoise");
  });

  test("runs to the selected node from the menu, then an iteration at a time", async () => {
    await open(plain());
    await canvasTitle(guided).click({ button: "right" });
    await page.getByRole("menuitem", { name: /Run to here/ }).click();
    await phase("paused");
    await held().getByText("Held after step 1.").waitFor(patient);
    await isSelected(guided);
    await page.keyboard.press("F11");
    await readsOut("Step 2 of 13");
    await page.keyboard.press("F11");
    await readsOut("Step 3 of 13");
    await page.keyboard.press("Shift+F5");
    await phase("cancelled");
  });

  test("every card says how it stands to the run", async () => {
    await open(plain());
    const state = (key: string, name: string) =>
      hand.node(key).getByRole("img", { name, exact: true }).first().waitFor(patient);
    await page.keyboard.press("F11");
    await phase("paused");
    await state("graph/start", "Computed, as the graph is now");
    await state(guided, "Held between two steps");
    await page.keyboard.press("F5");
    await phase("done");
    await state(guided, "Computed, as the graph is now");
  });
});

test("who looks back and changes a number keeps the run, and forks it there", async () => {
  await open(plain());
  await page.keyboard.press("F5");
  await hand.done();
  const numbers = () => page.locator(".run-outputs-main").innerText();
  const slider = page.getByRole("slider", { name: "Step of reverse" });
  await slider.focus();
  await page.keyboard.press("Home");
  await expect.poll(numbers, patient).toMatch(/mean .*step 1$/s);
  const first = await numbers();
  for (let k = 0; k < 3; k += 1) await page.keyboard.press("ArrowRight");
  await readsOut("Step 4 of 13");
  await page.getByLabel("Seed", { exact: true }).fill("7");
  await page.keyboard.press("Enter");
  await page.locator('.run-status[data-phase="done"][data-stale="true"]').waitFor(patient);
  await page.locator('.timeline-fork[data-offered="true"]').waitFor(patient);
  await readsOut("Step 4 of 13");
  await page.getByRole("button", { name: "Fork here" }).click();
  await hand.done();
  await readsOut("Step 13 of 13");
  await page
    .getByRole("img", { name: "Forked here: step 4 is the first of its own" })
    .waitFor(patient);
  // What came before is still what it was.
  await slider.focus();
  await page.keyboard.press("Home");
  await readsOut("Step 1 of 13");
  await expect.poll(numbers, patient).toBe(first);
});

test("values that break are a problem at their node and step; what was finite stays in sight", async () => {
  await open(plain(12, "x - 2*scale*size*gradient + 0/(5 - k)"));
  await page.keyboard.press("F5");
  await phase("failed");
  const why = page.getByRole("button", { name: /Open the problems$/ });
  expect(await why.innerText()).toMatch(/became infinite or not a number in step 6.*\.$/);
  await why.click();
  await page
    .getByRole("region", { name: "Problems" })
    .getByRole("button", { name: /became infinite or not a number in step 6/ })
    .click();
  await isSelected(guided);
  await hand.node(guided).getByRole("img", { name: "The run failed here" }).waitFor(patient);
  await outputs().getByText("so far: reverse/guided.x").waitFor(patient);
  await pictureAfter(outputs().locator(".viewers-watched canvas").first(), null);
  await page.getByRole("tab", { name: "Timeline" }).click();
  await page.getByRole("img", { name: /^Step 6: The values became infinite/ }).waitFor(patient);
});

test("the backend is switched mid-work, there and back: document, probes, breakpoints and seed stay", async () => {
  const server = await startTestServer({ folder: inject("editor") });
  ({ page, hand } = await site.open(server.link));
  await open(plain());
  await select(size);
  await page.keyboard.press("p");
  await page.keyboard.press("F9");
  await page.getByLabel("Seed", { exact: true }).fill("7");
  await page.keyboard.press("Enter");
  const before = await hand.savedText();
  const runs = async () => {
    await page.keyboard.press("Control+Shift+F5");
    await phase("paused");
    await held().getByText("Held after step 1.").waitFor(patient);
    await outputs().getByText("so far: reverse/guided.x").waitFor(patient);
  };
  const to = async (where: string, backend: string) => {
    await page.getByRole("button", { name: /^Runs on:/ }).click();
    // Both places have some of the same names; those of the server stand after the browser's.
    const items = page.getByRole("menuitemradio", { name: backend, exact: true });
    await (where === "Server" ? items.last() : items.first()).click();
    await page.getByRole("button", { name: `Runs on: ${where}, ${backend}` }).waitFor(patient);
  };
  await runs();
  await to("Server", "CPU");
  await runs();
  await to("This browser", "WebAssembly");
  await runs();
  expect(await hand.savedText()).toBe(before);
  expect(await page.getByLabel("Seed", { exact: true }).inputValue()).toBe("7");
  await page.getByRole("tab", { name: "Probes" }).click();
  await page.getByText("reverse/size.norm").first().waitFor(patient);
});
