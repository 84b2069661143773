import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readNpyFile } from "../../cli/files/arrays.ts";
import { uiOf } from "../../editor/document/ui.ts";
import { runCommand } from "../../editor/storage/run-command.ts";
import { call } from "../cli/support/try-run.ts";
import { newFolder } from "../support/new-folder.ts";
import { frameOf, openingExample, runOf, startStudio } from "./kit.ts";

const example = new URL("../../graphs/examples/mixture-2d.json", import.meta.url);

test("the command that the editor shows gives what the page shows: as many samples, the same numbers", async () => {
  const document = openingExample();
  const ui = uiOf(document);
  const { samples: batch } = ui;
  expect(batch).toBe(400);
  const kit = startStudio();
  onTestFinished(kit.close);
  kit.send(runOf(1, { document, batch, options: { ...runOf(1).options, probes: [] } }));
  await kit.until(1, "done");
  const folder = newFolder();
  writeFileSync(join(folder, "mixture-2d.json"), readFileSync(example));
  const command = runCommand("mixture-2d.json", ui);
  const [, , ...argv] = command.split(" ");
  const { exit } = await call(folder, ...argv, "--threads", "1", "--out", "out");
  expect(exit).toBe(0);
  const { shape, data } = await readNpyFile(join(folder, "out", "x0.npy"));
  expect(shape).toEqual([400, 2]);
  expect(Array.from(data, Number)).toEqual(await frameOf(kit, 1, "=x0"));
});
