import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { placementOf, wholePicture } from "../../editor/viewers/parts/lens.ts";
import { readNpy } from "../../runtime/tensor/npy.ts";
import { runCommandLine, type CommandOutput } from "../support/command-line.ts";
import {
  dropFile,
  openEditor,
  patient,
  type EditorTab,
  type Hand,
} from "../support/editor-hand.ts";
import { presetGraph, presets, type Preset, type PresetGraph } from "../support/presets.ts";
import { editorSite } from "../support/editor-site.ts";

const side = 28;
const site = editorSite();
let tab: EditorTab;
let page: Page;
let hand: Hand;

beforeAll(async () => {
  tab = await openEditor(site.browser, site.url);
  ({ page, hand } = tab);
  await hand.done();
  await page.getByRole("tab", { name: "Probes" }).click();
});

/** Opens a graph anew, so that nothing of an earlier run is on the page, and runs it. */
async function runOn(backend: "WebAssembly" | "WebGPU", graph: PresetGraph): Promise<void> {
  await dropFile(page, "preset.json", graph.text);
  const card = cardOf(graph);
  await card.getByText("Nothing yet").waitFor(patient);
  await page.getByRole("button", { name: /^Runs on/ }).click();
  await page.getByRole("menuitemradio", { name: backend }).click();
  await page.keyboard.press("F5");
  await hand.done();
  await card.locator("canvas").first().waitFor(patient);
}

const cardOf = ({ wire }: PresetGraph) => page.locator(`li[aria-label="Probe of ${wire}"]`);

/** What the page saves of the probed result. */
async function valuesHere({ wire }: PresetGraph): Promise<readonly number[]> {
  await page.getByRole("button", { name: `More for ${wire}` }).click();
  const npy = await hand.downloadOf(() =>
    page.getByRole("menuitem", { name: "Save values (NPY)" }).click(),
  );
  const { data } = readNpy(new Uint8Array(readFileSync(await npy.path())));
  return Array.from(data, Number);
}

/** The largest difference, apart from those of the `undecided` pixels that differ most. */
const farthest = (a: readonly number[], b: readonly number[], undecided = 0): number => {
  expect(a).toHaveLength(b.length);
  const apart = a.map((value, i) => Math.abs(value - (b[i] ?? Number.NaN)));
  expect(apart.every(Number.isFinite)).toBe(true);
  return apart.toSorted((one, other) => other - one)[undecided] ?? Number.NaN;
};

/** The grey levels in the middles of the pixels of the picture that is on the screen. */
async function greysOnScreen(graph: PresetGraph): Promise<readonly number[]> {
  await page.mouse.move(1, 1);
  const canvas = cardOf(graph).locator("canvas").first();
  const { width, height, levels } = await canvas.evaluate((element) => {
    const { width, height, getContext } = element as unknown as {
      readonly width: number;
      readonly height: number;
      getContext(kind: "2d"): {
        getImageData(...box: readonly number[]): { readonly data: Uint8ClampedArray };
      };
    };
    const { data } = getContext.call(element, "2d").getImageData(0, 0, width, height);
    return { width, height, levels: Array.from(data).filter((_, i) => i % 4 === 0) };
  });
  const room = { width, height, ratio: 1 };
  const { left, top, scale } = placementOf(wholePicture, { width: side, height: side }, room);
  const middle = (start: number, i: number) => Math.floor(start + (i + 0.5) * scale);
  return Array.from({ length: side * side }, (_, i) => {
    const [x, y] = [middle(left, i % side), middle(top, Math.floor(i / side))];
    return levels[y * width + x] ?? Number.NaN;
  });
}

/** Those that a software driver runs in seconds; with DENOODLE_EVERY_PRESET=1 all of them run on WebGPU, in minutes. */
const onWebGpu =
  process.env["DENOODLE_EVERY_PRESET"] === "1"
    ? presets
    : presets.filter(({ name }) => ["dps-mo", "projdiff-hdr", "reddiff"].includes(name));
const outputs = new Map<Preset, Promise<CommandOutput>>();

/** What the command line makes of a preset; it runs once. */
function there(preset: Preset): Promise<CommandOutput> {
  const known = outputs.get(preset);
  if (known !== undefined) return known;
  const output = runCommandLine(presetGraph(preset).text, "x0", ["--seed", "0"]);
  outputs.set(preset, output);
  return output;
}

const named = (list: readonly Preset[]) => list.map((each) => [each.name, each] as const);

describe("WebAssembly gives the numbers of the command line", () => {
  test.each(named(presets))("%s, whose file and picture are the same too", async (_, preset) => {
    const graph = presetGraph(preset);
    await runOn("WebAssembly", graph);
    expect(await hand.savedText()).toBe(graph.text);
    const { values, greys } = await there(preset);
    expect(values).toHaveLength(side * side);
    expect(Math.max(...values) - Math.min(...values)).toBeGreaterThan(0.5);
    expect(farthest(await valuesHere(graph), values)).toBeLessThan(1e-3);
    await cardOf(graph).getByRole("combobox", { name: "Range" }).selectOption("[-1,1]");
    // A value half-way between two levels may be rounded to either.
    await expect
      .poll(async () => farthest(await greysOnScreen(graph), [...(greys ?? [])]), patient)
      .toBeLessThanOrEqual(1);
    expect(tab.troubles).toEqual([]);
  });
});

describe("WebGPU gives the numbers of the command line", () => {
  test.each(named(onWebGpu))("%s", async (_, preset) => {
    const graph = presetGraph(preset);
    await runOn("WebGPU", graph);
    const { values } = await there(preset);
    expect(farthest(await valuesHere(graph), values, preset.undecided)).toBeLessThan(1e-3);
    expect(tab.troubles).toEqual([]);
  });
});
