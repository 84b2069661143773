import { execFileSync } from "node:child_process";
import path from "node:path";
import { expect, test } from "vitest";
import { root } from "./subject.ts";

/** Standard output of the bench. */
function bench(...args: readonly string[]): string {
  const main = path.join(root, "test/bench/main.ts");
  return execFileSync(process.execPath, ["--import", "tsx", main, ...args], {
    cwd: root,
    encoding: "utf8",
  });
}

test("the quick bench answers every question", { timeout: 300_000 }, () => {
  const text = bench("--quick");
  const titles = [
    "Overhead of DPS-MO, box",
    "Overhead of DPS-MO, blur",
    "What samplers spend",
    "Gradient through a network",
    "One SGLD step",
    "Normals",
    "Start-up",
    "Sizes",
    "Memory over a long run",
    "Gradient through a large network",
  ];
  for (const title of titles) expect(text).toContain(title);
  for (const term of ["run", "network", "SGLD", "noise", "overhead"])
    expect(text).toMatch(new RegExp(`^  ${term} +-?[\\d.]+ ?(?:ms|%)`, "m"));
  expect(text).not.toContain("not measured");
});

test("the quick study compares every task", { timeout: 300_000 }, () => {
  const { rows } = JSON.parse(bench("study", "--quick", "--json")) as {
    rows: { cells: { task: string; psnr: number; ssim: number }[] }[];
  };
  const cells = rows.flatMap((row) => row.cells);
  expect(cells.map(({ task }) => task)).toEqual([
    "box",
    "random",
    "SR2",
    "SR4",
    "blur",
    "HDR",
    "phase",
  ]);
  for (const { psnr, ssim } of cells) {
    expect(psnr).toBeGreaterThan(15);
    expect(ssim).toBeGreaterThan(0.4);
  }
});
