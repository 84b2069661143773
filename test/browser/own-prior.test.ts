import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { fashionAsEps } from "../priors/redressed.ts";
import { dropFile, patient, tabTo, type Hand } from "../support/editor-hand.ts";
import { editorSite } from "../support/editor-site.ts";
import { violationsIn } from "../support/violations.ts";

const root = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url));

let folder: string;
/** The shipped denoiser of 28 x 28 pixels in the disguise of a DDPM: ε of a discrete process, told an int64 index. */
let model: string;
const site = editorSite();
let page: Page;
let hand: Hand;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "denoodle-prior-"));
  model = join(folder, "my denoiser.onnx");
  writeFileSync(model, fashionAsEps(new Uint8Array(root("models/fashion28.onnx"))));
});

afterAll(() => rmSync(folder, { recursive: true }));

beforeEach(async () => {
  ({ page, hand } = await site.open());
  page.on("filechooser", (chooser) => void chooser.setFiles(model));
});

const dialog = () => page.getByRole("dialog", { name: "A prior of your own" });

/** Opens the dialog and gives it the model, by keyboard. */
async function giveModel(): Promise<void> {
  await page.keyboard.press("Control+k");
  await page.getByPlaceholder("What do you want to do?").waitFor();
  await page.keyboard.type("own prior");
  await page.locator('[cmdk-item][data-selected="true"]', { hasText: "own prior" }).waitFor();
  await page.keyboard.press("Enter");
  await dialog().waitFor();
  await tabTo(page, /^Choose a file$/);
  await page.keyboard.press("Enter");
  await page.getByText("my denoiser.onnx").waitFor(patient);
}

/** By keyboard: goes on to the next step. */
async function goOn(step: string): Promise<void> {
  await dialog()
    .getByRole("button", { name: `Next: ${step}` })
    .and(page.locator(":enabled"))
    .waitFor(patient);
  await tabTo(page, new RegExp(`^Next: ${step}$`));
  await page.keyboard.press("Enter");
  await page.locator(".own-prior-steps [aria-current=step]", { hasText: step }).waitFor();
}

async function isAccessible(): Promise<void> {
  expect(await violationsIn(page, "[role=dialog]")).toEqual([]);
}

const verdict = (word: string) => dialog().locator(".own-prior-verdict", { hasText: word });

/** DDNM on 28 x 28 pixels, in a few steps. */
function shortSampler(): string {
  const document = JSON.parse(root("graphs/samplers/ddnm.json").toString()) as {
    task: string;
    inputs: { schedule: { default: { params: { steps: number } } } };
  };
  document.task = "super-resolution-x4-28";
  document.inputs.schedule.default.params.steps = 5;
  return JSON.stringify(document);
}

test("a model is tested by keyboard: a wrong convention fails, the one that fits best passes, and it runs in a graph", async () => {
  await dropFile(page, "short.json", shortSampler());
  await page.locator('.run-status[data-phase="idle"]').waitFor(patient);
  await hand.showAll();
  await hand.node("inputs/prior").waitFor(patient);
  await giveModel();
  await isAccessible();

  await goOn("Convention");
  const wrong = dialog().getByRole("radio", { name: /^Clean signal/ });
  await expect.poll(() => wrong.isEnabled(), patient).toBe(true);
  await wrong.focus();
  await page.keyboard.press("Space");
  await expect.poll(() => wrong.isChecked(), patient).toBe(true);
  await isAccessible();

  await goOn("Self-test");
  await verdict("Failed").waitFor(patient);
  await dialog().getByText("Its answer is no better than the noisy signal").waitFor();

  await tabTo(page, /^Try all conventions$/);
  await page.keyboard.press("Enter");
  const best = dialog().locator(".own-prior-fit").first();
  await best.waitFor(patient);
  expect(await best.innerText()).toContain("ε, discrete VP (linear schedule), told the index");
  const gains = await dialog().locator(".own-prior-gain").allInnerTexts();
  expect(Number.parseFloat(gains[0] ?? "")).toBeGreaterThan(8);
  await isAccessible();
  await best.focus();
  await page.keyboard.press("Enter");
  await verdict("Passed").waitFor(patient);
  await dialog()
    .getByText(/^It beats the noisy signal at all/)
    .waitFor();

  await goOn("Keep");
  await isAccessible();
  await tabTo(page, /^Use in this graph$/);
  await page.keyboard.press("Enter");
  await dialog().waitFor({ state: "detached", ...patient });
  expect(JSON.parse(await hand.savedText())).toMatchObject({
    inputs: { prior: { default: { type: "prior/onnx", params: { model: "my denoiser" } } } },
  });
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await hand.done();
  const scores = page.getByRole("table", { name: "The result beside the original" });
  await scores.waitFor(patient);
  const [restored = Number.NaN, baseline = Number.NaN] = (await scores.innerText())
    .split("\n")
    .slice(1)
    .map((line) => Number(line.split("\t")[1]));
  expect({ restored, baseline }).toEqual({
    restored: expect.closeTo(16, 0),
    baseline: expect.closeTo(16.87, 1),
  });
});

test("a file that is no model says so, and leads nowhere", async () => {
  await dropFile(page, "broken.onnx", "this is no protobuf");
  await dialog()
    .getByText(/^This file is not a readable ONNX model/)
    .waitFor(patient);
  expect(await dialog().getByRole("button", { name: "Next: Convention" }).isDisabled()).toBe(true);
  await page.keyboard.press("Escape");
  await dialog().waitFor({ state: "detached" });
});

test("a new sampler begins with the model; it is there after a reload, among the shipped ones", async () => {
  await giveModel();
  await goOn("Convention");
  await goOn("Self-test");
  await verdict("Passed").waitFor(patient);
  await goOn("Keep");
  await tabTo(page, /^Start a new sampler$/);
  await page.keyboard.press("Enter");
  const sampler = page.getByRole("dialog", { name: "New sampler" });
  const own = sampler.getByRole("button", { name: /^my denoiser/ });
  await own.and(page.locator("[aria-pressed=true]")).waitFor(patient);
  await sampler.getByRole("button", { name: "Create" }).click();
  await sampler.waitFor({ state: "detached", ...patient });
  const made = async () => JSON.parse(await hand.savedText()) as { task: string };
  await expect.poll(made, patient).toMatchObject({
    task: expect.stringMatching(/-28$/),
    inputs: { prior: { default: { type: "prior/onnx" } } },
  });
  await page.reload();
  await page.locator(".react-flow__node").first().waitFor();
  await page.keyboard.press("Alt+n");
  await own.waitFor(patient);
});
