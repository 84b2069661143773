import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { demo } from "../../cli/demo/demo.ts";
import { stages } from "../../cli/demo/stages.ts";
import { engineHere } from "./support/engine-here.ts";
import { fakeTerminal } from "./support/fake-terminal.ts";
import { newFolder } from "../support/new-folder.ts";

const number = (line: string | undefined): number =>
  Number(/PSNR\s+([-\d.]+) dB/.exec(line ?? "")?.[1]);

test("the demo's small pictures beat the trivial baselines and end in one picture", async () => {
  const folder = newFolder();
  const terminal = fakeTerminal(folder);
  const small = stages.filter(({ task }) => task.endsWith("-64"));
  const setting = { engine: engineHere(), terminal, folder: join(folder, "demo"), clock: () => 0 };
  expect(await demo(small, setting)).toBe(0);
  const lines = terminal.outLines;
  for (const { title } of small) {
    const from = lines.indexOf(title);
    expect(lines[from + 1]).toContain("restored");
    expect(lines[from + 2]).toContain("baseline");
    expect(number(lines[from + 1])).toBeGreaterThan(number(lines[from + 2]));
    expect(lines[from + 3]).toContain("50 NFE");
  }
  expect(readdirSync(join(folder, "demo")).toSorted()).toEqual(
    [...small.map(({ task }) => task), "side-by-side.png"].toSorted(),
  );
});
