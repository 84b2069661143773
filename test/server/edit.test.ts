import { expect, test } from "vitest";
import { newFolder } from "../support/new-folder.ts";
import { call, writeJson } from "../cli/support/try-run.ts";

test.each([
  [["--host", "0.0.0.0"], 2, /--host 0\.0\.0\.0 is reachable from other machines.*Add --expose/],
  [["--host", "192.168.1.7", "--port", "80"], 2, /reachable from other machines/],
  [["--port", "70000"], 2, /up to 65535, got 70000/],
  [["--port", "x"], 2, /expected a whole number/],
  [["one.json", "two.json"], 2, /opens one graph/],
  [["dsp"], 1, /There is no graph file "dsp"/],
  [["--prot", "1"], 2, /Did you mean --port/],
] as const)("denoodle edit %j ends with %i and says why", async (argv, code, why) => {
  const folder = newFolder();
  writeJson(folder, "one.json", {});
  const { exit, terminal } = await call(folder, "edit", ...argv);
  expect(exit).toBe(code);
  expect(terminal.errLines.join("\n")).toMatch(why);
});
