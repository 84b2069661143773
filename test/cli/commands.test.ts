import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { commands } from "../../cli/commands/table.ts";
import { anneal, drift } from "./support/graphs.ts";
import { newFolder } from "../support/new-folder.ts";
import { call, writeJson } from "./support/try-run.ts";

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
    "an option with one dash": [
      ["run", "a", "-seed", "3"],
      /no option -seed\. Did you mean --seed\?/,
    ],
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
    writeJson(folder, "bad.json", anneal("photo64", 0));
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

  const faults = async (file: object, prepare: (folder: string) => void = () => {}) => {
    const folder = newFolder();
    writeJson(folder, "g.json", file);
    prepare(folder);
    const { exit, terminal } = await call(folder, "validate", "g.json");
    return { exit, lines: terminal.errLines };
  };

  test("says where a model, a picture or a task is named that is not there, and what is like it", async () => {
    const [graph, slot] = [anneal("photo46", 3) as object, { kind: "signal" }];
    const model = await faults(graph);
    expect(model).toEqual({
      exit: 1,
      lines: [
        expect.stringMatching(
          /^error g\.json: inputs\.prior\.default\.params\.model: There is no model "photo46" .*Did you mean "photo64"\? \[asset\.missing\]$/,
        ),
      ],
    });
    const beside = await faults(anneal("mine2.onnx", 3) as object, (folder) =>
      writeFileSync(join(folder, "mine.onnx"), ""),
    );
    expect(beside.lines[0]).toContain('Did you mean "mine.onnx"?');
    const image = { ...slot, default: { asset: "chelsae_64.png" } };
    const picture = await faults({
      ...(drift(2) as object),
      inputs: { image, gain: { kind: "scalar", default: 1 } },
    });
    expect(picture.lines[0]).toMatch(
      /inputs\.image\.default\.asset: .*Did you mean "chelsea_64\.png"\?/,
    );
    const task = await faults({ ...(drift(2) as object), task: "box-inpaintin-64" });
    expect(task.lines[0]).toMatch(/g\.json: task: .*Did you mean "box-inpainting-64"\?/);
  });

  test("says that a task is no graph, and opens no model", async () => {
    const broken = { ...(anneal("m.onnx", 3) as object), task: "t.json" };
    const { lines } = await faults(broken, (folder) => {
      writeFileSync(join(folder, "m.onnx"), "no model");
      writeFileSync(join(folder, "t.json"), "no graph");
    });
    expect(lines).toEqual([
      expect.stringMatching(/task: The task .*t\.json is no graph file.*\[task\.invalid\]$/),
    ]);
  });

  test("takes an extension for no likeness, and knows the graphs beside it", async () => {
    const folder = newFolder();
    const says = async () => (await call(folder, "validate", "nope.json")).terminal.errLines[0];
    expect(await says()).toMatch(/no shipped sampler of that name\. Known here: "/);
    writeJson(folder, "nopes.json", {});
    expect(await says()).toContain('Did you mean "nopes.json"?');
  });

  test("knows the shipped tasks", async () => {
    const { exit, terminal } = await call(newFolder(), "validate", "box-inpainting-64");
    expect({ exit, lines: terminal.outLines }).toEqual({
      exit: 0,
      lines: [expect.stringContaining("tasks/box-inpainting-64.json: valid")],
    });
  });

  test("exits 0 when all are valid", async () => {
    const folder = newFolder();
    writeJson(folder, "good.json", drift(2));
    expect((await call(folder, "validate", "good.json")).exit).toBe(0);
  });
});
