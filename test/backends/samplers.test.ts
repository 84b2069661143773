import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import type { Backend } from "../../runtime/execute/backend.ts";
import { createNodeBackend } from "../../runtime/execute/ort-node.ts";
import {
  dpsMoCases,
  gradientCases,
  longCase,
  otherSamplerCases,
  pictureOf,
  toyCases,
} from "./cases.ts";
import { differences, largest, numbersIn, reportOf } from "./compare.ts";
import { startNodeHost } from "./hosts.ts";
import { runCase, type GraphCase } from "./run-case.ts";

let cpu: Backend;
beforeAll(async () => {
  ({ backend: cpu } = await createNodeBackend("cpu", { threads: 1 }));
});
afterAll(() => cpu.close());

const samplers = [...dpsMoCases, ...gradientCases, ...otherSamplerCases].map(longEnough);

/** With the steps and the guidance that bring a sampler to the picture, where its case is shorter. */
function longEnough(each: GraphCase): GraphCase {
  const schedule = { kind: "node", type: "schedule/ddpm-uniform", params: { steps: 20 } } as const;
  const more: Readonly<Record<string, GraphCase["feeds"]>> = {
    // So few steps of it need more than the 1 that it takes over 1000.
    dps: { schedule, guidanceScale: { kind: "number", value: 10 } },
    "projdiff-svd": { schedule },
  };
  return { ...each, feeds: { ...each.feeds, ...more[samplerOf(each)] } };
}

function samplerOf({ name }: GraphCase): string {
  return name.split(",")[0] ?? "";
}

/** Network calls of each sampler; `vjp` calls go back through it. */
function callsOf(each: GraphCase): { readonly nfe: number; readonly vjpCalls: number } {
  const known: Readonly<Record<string, { nfe: number; vjpCalls: number }>> = {
    "dps-mo": { nfe: 5, vjpCalls: 0 },
    dps: { nfe: 20, vjpCalls: 20 },
    pigdm: { nfe: 4, vjpCalls: 4 },
    reddiff: { nfe: 5, vjpCalls: 0 },
    // 5 levels, 4 of them walked down twice; the 4 returns call nothing.
    ddnm: { nfe: 9, vjpCalls: 0 },
    // One more for the start.
    "projdiff-svd": { nfe: 21, vjpCalls: 0 },
  };
  return known[samplerOf(each)] ?? { nfe: Number.NaN, vjpCalls: Number.NaN };
}

function caseOf(sampler: string): GraphCase {
  const found = samplers.find(({ name }) => name.startsWith(sampler));
  if (found === undefined) throw new Error(`there is no case of ${sampler}`);
  return found;
}

/** Root mean square of a − b. */
function distance(a: readonly number[], b: readonly number[]): number {
  const squares = a.map((value, i) => (value - (b[i] ?? Number.NaN)) ** 2);
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / a.length);
}

test.each(samplers.map((each) => [each.name, each] as const))(
  "%s: finite, clearly nearer to the picture than a blank one, every network call counted",
  async (_, each) => {
    const { outputs, nfe, vjpCalls, warnings, counts } = await runCase(cpu, each);
    expect(warnings).toEqual([]);
    expect({ nfe, vjpCalls }).toEqual(callsOf(each));
    expect(counts.live).toBe(0);
    const x0 = numbersIn(outputs["x0"]);
    expect(x0.every(Number.isFinite)).toBe(true);
    expect(largest(x0)).toBeLessThan(3);
    const truth = numbersIn(pictureOf(each));
    const blank = truth.map(() => 0);
    expect(distance(x0, truth)).toBeLessThan(0.9 * distance(blank, truth));
  },
);

test("ProjDiff-SVD comes to explain what is observed", async () => {
  const each = caseOf("projdiff-svd");
  const { outputs, nfe } = await runCase(cpu, each);
  const rows = (values: readonly number[]) => values.slice(0, 8 * 28);
  const apart = distance(rows(numbersIn(outputs["x0"])), rows(numbersIn(pictureOf(each))));
  expect(apart).toBeLessThan(0.3);
  expect(nfe).toBe(21);
});

test("time travel walks down, returns, and walks down again", async () => {
  const { stepMs, nfe } = await runCase(cpu, caseOf("ddnm"));
  expect([stepMs.length, nfe]).toEqual([13, 9]);
});

test("100 iterations leave no tensor behind on the cpu", async () => {
  const { liveAtStep, counts, sessionsAtStep } = await runCase(cpu, longCase);
  expect(liveAtStep).toHaveLength(100);
  expect(counts.live).toBe(0);
  // An event is seen a little after it was sent: a few tensors of the next step may live by then. A leak is 50.
  const [before, after] = [liveAtStep.slice(0, 50), liveAtStep.slice(50)];
  expect(largest(after)).toBeLessThan(largest(before) + 10);
  expect(new Set(sessionsAtStep.slice(2)).size).toBe(1);
});

const noDriver = { VK_ICD_FILENAMES: "/nowhere.json", VK_DRIVER_FILES: "/nowhere.json" };

/** A folder whose Vulkan loader is no library: what a machine without one amounts to. */
function noVulkan(): Readonly<Record<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), "denoodle-no-vulkan-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "libvulkan.so.1"), "");
  return { ...noDriver, LD_LIBRARY_PATH: folder };
}

test.each([
  ["no graphics driver", () => noDriver],
  ["no Vulkan library", noVulkan],
] as const)("with %s, auto runs the same graph on the cpu, and says so", async (_, environment) => {
  const host = await startNodeHost("auto", environment());
  const [toy] = toyCases as [GraphCase];
  const expected = await runCase(cpu, toy);
  const here = reportOf(await host.run(toy));
  await host.close();
  expect(host.report.id).toBe("cpu");
  expect(host.report.notices.map(({ code }) => code)).toEqual(["backend.fallback"]);
  for (const difference of Object.values(differences(here.outputs, expected.outputs)))
    expect(difference).toBe(0);
});
