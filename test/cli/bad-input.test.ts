import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { writeNpy } from "../../runtime/tensor/npy.ts";
import { float32 } from "../../runtime/tensor/tensor.ts";
import { anneal, drift } from "./support/graphs.ts";
import { newFolder } from "../support/new-folder.ts";
import { filesIn, runHere, writeArray, writeJson } from "./support/try-run.ts";

type Change = (graph: Record<string, unknown>) => unknown;

/** A working graph with one thing changed. */
function changed(change: Change): unknown {
  return change(structuredClone(drift(3)) as Record<string, unknown>);
}

const withNode =
  (id: string, node: unknown): Change =>
  (graph) => ({
    ...graph,
    graph: { ...(graph["graph"] as object), [id]: node },
  });

const graphs: Readonly<Record<string, { graph: unknown; code: string; says: RegExp }>> = {
  "an unknown node": {
    graph: changed(withNode("odd", { type: "math/nois", v: 1 })),
    code: "node.unknown-type",
    says: /math\/nois/,
  },
  "a cycle": {
    graph: changed((graph) =>
      withNode("a", { type: "math/scale", v: 1, in: { x: "b.x" } })(
        withNode("b", { type: "math/scale", v: 1, in: { x: "a.x" } })(graph) as never,
      ),
    ),
    code: "graph.cycle",
    says: /wait for one another/,
  },
  "a wire out of a zone": {
    graph: changed(withNode("spy", { type: "math/scale", v: 1, in: { x: "mix.x" } })),
    code: "ref.border",
    says: /loop/,
  },
  "a wrong kind of value": {
    graph: changed(withNode("odd", { type: "math/scale", v: 1, in: { x: "@gain" } })),
    code: "port.mismatch",
    says: /expected/i,
  },
  "a number out of its range": {
    graph: anneal("m.onnx", -3),
    code: "param.invalid",
    says: /-3/,
  },
  __proto__: {
    graph: '{"denoodle":1,"name":"x","graph":{"__proto__":{"type":"math/noise","v":1}}}',
    code: "json.key",
    says: /__proto__/,
  },
  "deep nesting": {
    graph: `{"denoodle":1,"name":"x","graph":${'{"a":'.repeat(5000)}1${"}".repeat(5000)}}`,
    code: "json.invalid",
    says: /deep/,
  },
  nonsense: { graph: "not a graph {", code: "json.invalid", says: /Expected a value/ },
  "another kind of file": { graph: "[1, 2, 3]", code: "document.version", says: /./ },
};

describe("denoodle run refuses with a located sentence, exit code 1 and nothing written:", () => {
  for (const [name, { graph, code, says }] of Object.entries(graphs))
    test(name, async () => {
      const folder = newFolder();
      if (typeof graph === "string") writeFileSync(join(folder, "g.json"), graph);
      else writeJson(folder, "g.json", graph);
      writeArray(folder, "image.npy", [1, 3, 16, 16]);
      const before = filesIn(folder);
      const { exit, codes, issues } = await runHere(
        folder,
        "g.json",
        "--in",
        "image=image.npy",
        "--out",
        "o",
      );
      expect({ exit, codes }).toEqual({ exit: 1, codes: expect.arrayContaining([code]) });
      expect(issues.join("\n")).toMatch(says);
      expect(filesIn(folder)).toEqual(before);
    });

  const refused = async (prepare: (folder: string) => void, ...argv: readonly string[]) => {
    const folder = newFolder();
    writeJson(folder, "drift.json", drift(3));
    writeJson(folder, "anneal.json", anneal("m.onnx", 3));
    writeArray(folder, "image.npy", [1, 3, 16, 16]);
    prepare(folder);
    const before = filesIn(folder);
    const { exit, codes, issues } = await runHere(
      folder,
      ...argv,
      "--out",
      "o",
      "--backend",
      "cpu",
    );
    expect(exit).toBe(1);
    expect(filesIn(folder)).toEqual(before);
    return { codes, text: issues.join("\n") };
  };
  const annealArgs = ["anneal.json", "--in", "image=image.npy"];

  test("a missing model", async () => {
    const { codes, text } = await refused(() => {}, ...annealArgs);
    expect(codes).toEqual(["asset.missing"]);
    expect(text).toContain("m.onnx");
  });

  test("a broken model", async () => {
    const { codes } = await refused(
      (folder) => {
        writeFileSync(join(folder, "m.onnx"), "this is no model");
      },
      ...annealArgs,
    );
    expect(codes[0]).toMatch(/^(model|prior)\./);
  });

  test("a model outside the asset folder, by path or by a link", async () => {
    const outside = await refused(() => {}, ...annealArgs, "--set", "prior.model=../m.onnx");
    expect(outside.codes).toEqual(["asset.outside"]);
    const linked = await refused(
      (folder) => {
        const elsewhere = newFolder();
        writeFileSync(join(elsewhere, "m.onnx"), "secret");
        symlinkSync(join(elsewhere, "m.onnx"), join(folder, "m.onnx"));
      },
      ...annealArgs,
    );
    expect(linked.codes).toEqual(["asset.outside"]);
  });

  test("an image with NaN", async () => {
    const { codes, text } = await refused(
      (folder) => {
        const image = float32(new Float32Array(768).fill(0), [1, 3, 16, 16]);
        image.data[5] = Number.NaN;
        writeFileSync(join(folder, "nan.npy"), writeNpy(image));
      },
      "drift.json",
      "--in",
      "image=nan.npy",
    );
    expect(codes).toEqual(["file.not-finite"]);
    expect(text).toContain("NaN at element 5");
  });

  test("a picture that is none, and one that is missing", async () => {
    const broken = await refused(
      (folder) => {
        writeFileSync(join(folder, "cat.png"), "no picture");
      },
      "drift.json",
      "--in",
      "image=cat.png",
    );
    expect(broken.codes).toEqual(["file.image"]);
    const missing = await refused(() => {}, "drift.json", "--in", "image=nowhere.png");
    expect(missing.codes).toEqual(["file.missing"]);
  });

  test("a picture of a shape that the operator cannot take", async () => {
    const { text } = await refused(
      (folder) => {
        writeArray(folder, "odd.npy", [1, 3, 30, 30]);
      },
      "dps-mo",
      "--task",
      "super-resolution-x4-64",
      "--in",
      "image=odd.npy",
    );
    expect(text).toMatch(/30x30/);
  });

  test("a batch that does not fit", async () => {
    const { codes } = await refused(
      (folder) => {
        writeArray(folder, "two.npy", [2, 3, 16, 16]);
      },
      "drift.json",
      "--in",
      "image=two.npy",
      "--samples",
      "3",
    );
    expect(codes).toEqual(["input.batch"]);
  });

  test("a tensor of 10^9 numbers, with the estimate, before memory is asked for", async () => {
    const { codes, text } = await refused(
      (folder) => {
        writeArray(folder, "wide.npy", [1, 3, 64, 64]);
      },
      "drift.json",
      "--in",
      "image=wide.npy",
      "--samples",
      "100000",
    );
    expect(codes).toContain("tensor.huge");
    expect(text).toMatch(/1\.23e\+9 numbers or 4\.92 GB/);
  });

  test("an input that the graph does not have, with the nearest name", async () => {
    const { codes } = await refused(() => {}, "drift.json", "--in", "imag=image.npy");
    expect(codes).toEqual(["slot.unknown"]);
  });

  test("an input that nobody gave", async () => {
    const { codes, text } = await refused(() => {}, "drift.json");
    expect(codes).toEqual(["slot.missing"]);
    expect(text).toContain("image");
  });

  test("a param that does not exist, and a node that several names end in", async () => {
    const unknown = await refused(
      () => {},
      "drift.json",
      "--in",
      "image=image.npy",
      "--set",
      "mix.wait=1",
    );
    expect(unknown.codes).toEqual(["param.unknown"]);
    const { codes, text } = await refused(
      (folder) => {
        const twice = changed((graph) => {
          const nodes = graph["graph"] as Record<string, unknown>;
          return { ...graph, graph: { ...nodes, again: nodes["loop"] } };
        });
        writeJson(folder, "twice.json", twice);
      },
      "twice.json",
      "--in",
      "image=image.npy",
      "--set",
      "mix.weight=1",
    );
    expect(codes).toEqual(["node.ambiguous"]);
    expect(text).toContain("loop/mix, again/mix");
  });

  test("a folder where a graph file should be", async () => {
    const { codes } = await refused((folder) => mkdirSync(join(folder, "dir")), "dir");
    expect(codes).toEqual(["graph.missing"]);
  });

  test("an output folder that cannot be made, before the run", async () => {
    const folder = newFolder();
    writeJson(folder, "drift.json", drift(3));
    writeArray(folder, "image.npy", [1, 3, 16, 16]);
    symlinkSync(join(folder, "nowhere"), join(folder, "link"));
    const before = filesIn(folder);
    for (const out of ["drift.json/x", "link/x", "/dev/full/x", "/proc/x", "n".repeat(250)]) {
      const { exit, codes, terminal } = await runHere(
        folder,
        "drift.json",
        "--in",
        "image=image.npy",
        "--json",
        "--out",
        out,
      );
      expect({ out, exit, codes }).toEqual({ out, exit: 1, codes: ["out.unwritable"] });
      expect(terminal.outLines).toEqual([]);
    }
    expect(filesIn(folder)).toEqual(before);
  });

  test("a checkpoint that cannot be kept there, before the run", async () => {
    const folder = newFolder();
    writeJson(folder, "drift.json", drift(3));
    writeArray(folder, "image.npy", [1, 3, 16, 16]);
    mkdirSync(join(folder, "dir"));
    const before = filesIn(folder);
    const places = {
      "drift.json/x": "out.unwritable",
      "/proc/x": "out.unwritable",
      "/proc/x/y": "out.unwritable",
      "/dev/full": "out.taken",
      dir: "out.taken",
      "image.npy": "out.taken",
      "o/c.bin": "out.taken",
    };
    const args = ["drift.json", "--in", "image=image.npy", "--json", "--out", "o"];
    for (const [place, code] of Object.entries(places)) {
      const { exit, codes, terminal } = await runHere(folder, ...args, "--checkpoint", place);
      expect({ place, exit, codes }).toEqual({ place, exit: 1, codes: [code] });
      expect(terminal.outLines).toEqual([]);
    }
    expect(filesIn(folder)).toEqual(before);
  });

  const cures: Readonly<Record<string, readonly [readonly string[], string, RegExp]>> = {
    "a probe of no node": [["--probe", "mux.x"], "--probe mux.x", /"mix"/],
    "a param of no node": [["--set", "mux.weight=1"], "--set mux.weight", /"mix"/],
    "a node's param as an input": [
      ["--with", "loop.count=3"],
      "--with loop.count",
      /--set loop\.count=VALUE/,
    ],
    "a file as a node": [["--with", "image=cat.png"], "--with image", /--in image=FILE/],
    "a word for a number": [["--with", "gain=much"], "--with gain", /--with gain=NUMBER/],
    "a file that is not there": [["--in", "image=imaeg.npy"], "imaeg.npy", /"image\.npy"/],
    "a shipped picture that is not there": [
      ["--in", "image=chelsae_64"],
      "chelsae_64",
      /"chelsea_64"/,
    ],
  };
  for (const [name, [argv, place, fix]] of Object.entries(cures))
    test(`${name}, with its place and its cure`, async () => {
      const folder = newFolder();
      writeJson(folder, "drift.json", drift(3));
      writeArray(folder, "image.npy", [1, 3, 16, 16]);
      const given =
        argv.includes("--in") || place === "--with image" ? [] : ["--in", "image=image.npy"];
      const { fixes, places } = await runHere(
        folder,
        "drift.json",
        ...given,
        ...argv,
        "--out",
        "o",
      );
      expect(places[0]).toContain(place);
      expect(fixes[0]).toMatch(fix);
    });

  test("a file for an input that no file holds", async () => {
    const { codes, text } = await refused(
      () => {},
      "dps-mo",
      "--task",
      "super-resolution-x4-64",
      "--in",
      "operator=image.npy",
    );
    expect(codes).toEqual(["slot.file"]);
    expect(text).toContain("is an operator");
  });
});
