import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { peakMemory } from "./peak-memory-node.ts";

const module = new URL("./peak-memory-node.ts", import.meta.url).href;
const script = `const { peakMemory } = await import(${JSON.stringify(module)}); console.log(peakMemory());`;

test("counts what this process held, and not the one that started it", () => {
  const filled = new Uint8Array(600e6).fill(1);
  expect(peakMemory()).toBeGreaterThan(600e6);
  const args = ["--import", "tsx", "--input-type=module", "-e", script];
  const child = Number(execFileSync(process.execPath, args, { encoding: "utf8" }));
  expect(child).toBeGreaterThan(20e6);
  expect(child).toBeLessThan(filled.length);
});
