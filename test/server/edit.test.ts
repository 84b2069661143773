import { expect, onTestFinished, test, vi } from "vitest";
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

test.each(["short", "has a blank in it, and is long enough otherwise"])(
  "denoodle edit refuses the token %j, which could be guessed or is no part of a link",
  async (token) => {
    vi.stubEnv("DENOODLE_TOKEN", token);
    onTestFinished(() => void vi.unstubAllEnvs());
    const { exit, terminal } = await call(newFolder(), "edit");
    expect(exit).toBe(2);
    expect(terminal.errLines.join("\n")).toContain("DENOODLE_TOKEN: expected 32 letters");
  },
);
