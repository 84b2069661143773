import { describe, expect, test } from "vitest";
import { commands } from "../../cli/commands/table.ts";
import { anneal, drift } from "./support/graphs.ts";
import { call, newFolder, writeJson } from "./support/try-run.ts";

describe("denoodle", () => {
  test("without a command shows the help and exits 2; with --help exits 0", async () => {
    const bare = await call(newFolder());
    const asked = await call(newFolder(), "--help");
    expect([bare.exit, asked.exit]).toEqual([2, 0]);
    expect(asked.terminal.outLines).toEqual(bare.terminal.outLines);
    for (const name of Object.keys(commands))
      expect(asked.terminal.outLines.join("\n")).toContain(`  ${name}`);
  });

  test("suggests the nearest command", async () => {
    const { exit, terminal } = await call(newFolder(), "validat");
    expect(exit).toBe(2);
    expect(terminal.errLines).toEqual([
      'error There is no command "validat". Did you mean "validate"?',
    ]);
  });

  test("knows no command of Object's", async () => {
    const { exit } = await call(newFolder(), "constructor");
    expect(exit).toBe(2);
  });

  for (const name of Object.keys(commands))
    test(`${name} --help tells every option and exits 0`, async () => {
      const { exit, terminal } = await call(newFolder(), name, "--help");
      expect(exit).toBe(0);
      for (const option of Object.keys(commands[name]?.options ?? {}))
        expect(terminal.outLines.join("\n")).toContain(`--${option}`);
    });
});

describe("a wrong call exits 2 and says how it should be:", () => {
  const calls: Readonly<Record<string, readonly [readonly string[], RegExp]>> = {
    "no graph": [["run"], /one graph/],
    "two graphs": [["run", "a", "b"], /one graph/],
    "a mistyped option": [["run", "a", "--bakend", "cpu"], /Did you mean --backend\?/],
    "an option without its value": [["run", "a", "--seed"], /--seed N/],
    "an option given twice": [["run", "a", "--seed", "1", "--seed", "2"], /twice/],
    "a seed that is no number": [["run", "a", "--seed", "x"], /whole number from 0/],
    "a negative seed": [["run", "a", "--seed", "-1"], /whole number from 0/],
    "no samples": [["run", "a", "--samples", "0"], /from 1/],
    "an input given twice": [
      ["run", "a", "--with", "x=1", "--in", "x=y.npy"],
      /"x" was given twice/,
    ],
    "an unknown backend": [["run", "a", "--backend", "tpu"], /auto, cpu, webgpu, cuda/],
    "--set without a dot": [["run", "a", "--set", "x=1"], /NODE\.PARAM=VALUE/],
    "--with without =": [["run", "a", "--with", "operator"], /SLOT=NODE/],
    "--in without =": [["run", "a", "--in", "y.npy"], /NAME=FILE/],
    "--fit with another word": [
      ["run", "a", "--in", "x=y.png", "--fit", "shrink"],
      /crop, pad, resize/,
    ],
    "--fit with a size that is none": [
      ["run", "a", "--in", "x=y.png", "--fit", "crop:0"],
      /height x width/,
    ],
    "--fit without a picture": [["run", "a", "--fit", "crop"], /--in image=FILE/],
    "a switch with a value": [["run", "a", "--json=yes"], /takes no value/],
  };
  for (const [name, [argv, says]] of Object.entries(calls))
    test(name, async () => {
      const { exit, terminal } = await call(newFolder(), ...argv);
      expect(exit).toBe(2);
      expect(terminal.errLines[0]).toMatch(says);
      expect(terminal.errLines[1]).toContain("--help");
    });
});

describe("denoodle validate", () => {
  test("says of each file whether it is valid, and exits 1 when one is not", async () => {
    const folder = newFolder();
    writeJson(folder, "good.json", drift(2));
    writeJson(folder, "bad.json", anneal("m.onnx", 0));
    const { exit, terminal } = await call(folder, "validate", "good.json", "bad.json", "dps-mo");
    expect(exit).toBe(1);
    expect(terminal.outLines).toEqual([
      "good.json: valid",
      expect.stringMatching(/dps-mo\.json: valid$/),
    ]);
    expect(terminal.errLines).toEqual([
      expect.stringMatching(
        /^error bad\.json: inputs\.schedule\.default\.params\.steps: .*\[param\.invalid\]$/,
      ),
    ]);
  });

  test("exits 0 when all are valid", async () => {
    const folder = newFolder();
    writeJson(folder, "good.json", drift(2));
    expect((await call(folder, "validate", "good.json")).exit).toBe(0);
  });
});
