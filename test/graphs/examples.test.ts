import path from "node:path";
import { describe, expect, test } from "vitest";
import { loadModel } from "../../cli/assets/source.ts";
import { readImage } from "../../cli/files/read-image.ts";
import { planeOf } from "../../editor/scene/plane.ts";
import { sceneOf, samplersOf } from "../../editor/scene/scene-of.ts";
import { registry } from "../../nodes/index.ts";
import { compile } from "../../runtime/compile/compile.ts";
import { doneOf, eventsOf, numbers } from "../engine/kit.ts";
import { graphsFolder, readShipped } from "./shipped.ts";

const example = (name: string) => readShipped(path.join(graphsFolder, "examples", `${name}.json`));
const samples = 400;

async function runPlane(name: string, scalars: Readonly<Record<string, number>> = {}) {
  const document = example(name);
  const assets = { tensors: new Map(), models: new Map() };
  const feeds = Object.fromEntries(
    Object.entries(scalars).map(([slot, value]) => [slot, { kind: "number", value } as const]),
  );
  const compiled = compile({ document, feeds, batch: samples, registry, assets });
  const done = doneOf(await eventsOf(compiled, { seed: 0 }));
  const scene = sceneOf(document);
  const { row } = (scene && planeOf(document, scene)) ?? {};
  if (row === null || row === undefined) throw new Error(`${name} has no line`);
  const size = Math.hypot(...row);
  /** Standard deviation across the line, or along it. */
  const width = (of: string, way: "across" | "along"): number => {
    const [a, b] = way === "across" ? row : [-row[1], row[0]];
    const values = numbers(done, of);
    return deviation(
      Array.from(
        { length: samples },
        (_, i) => (a * values[2 * i]! + b * values[2 * i + 1]!) / size,
      ),
    );
  };
  return {
    across: (of: string) => width(of, "across") / width("exact", "across"),
    along: (of: string) => width(of, "along") / width("exact", "along"),
  };
}

function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

describe("examples in the plane do what they say", () => {
  test.each(["mixture-2d", "plane-pigdm", "plane-c-pigdm", "plane-projdiff", "plane-mo"])(
    "%s shows particles that are wired, on a line and a prior that can be moved",
    (name) => {
      const document = example(name);
      const scene = sceneOf(document);
      if (scene === null) throw new Error("there is no scene");
      const { components, row, noiseStd, truth } = planeOf(document, scene);
      expect([components?.length, row?.length, noiseStd, truth?.length]).toEqual([32, 2, 0.1, 2]);
      const probes = (document.ui as { readonly probes: readonly string[] }).probes;
      expect(probes).toEqual(
        expect.arrayContaining([...samplersOf(scene), scene.posterior, scene.measurement]),
      );
    },
  );

  test("DPS and PiGDM land on the line itself", async () => {
    for (const name of ["mixture-2d", "plane-pigdm"]) {
      const { across, along } = await runPlane(name);
      expect(across("x0")).toBeLessThan(0.1);
      expect(along("x0")).toBeGreaterThan(0.75);
    }
  });

  test("C-PiGDM's weight draws the cloud from the moons to the line", async () => {
    const at = async (weight: number) => (await runPlane("plane-c-pigdm", { weight })).across("x0");
    expect(await at(15)).toBeGreaterThan(1.25);
    expect(await at(60)).toBeLessThan(0.75);
  });

  test("ProjDiff's cloud is half as wide across the line as it should be", async () => {
    const { across } = await runPlane("plane-projdiff");
    expect(across("x0")).toBeGreaterThan(0.35);
    expect(across("x0")).toBeLessThan(0.65);
  });

  test("MO's is too narrow where its noise is counted, too wide where it is not", async () => {
    const { across } = await runPlane("plane-mo");
    expect(across("x0")).toBeLessThan(0.85);
    expect(across("uncompensated")).toBeGreaterThan(1.1);
  });
});

test("the hole in the picture is filled", async () => {
  const models = path.join(graphsFolder, "../models");
  const image = await readImage(path.join(graphsFolder, "assets/fashion_0.png"));
  const compiled = compile({
    document: example("inpainting-28"),
    feeds: { image: { kind: "tensor", data: image } },
    batch: 1,
    registry,
    assets: {
      tensors: new Map(),
      models: new Map([
        ["fashion28", await loadModel("fashion28", path.join(models, "fashion28.onnx"))],
      ]),
    },
  });
  const done = doneOf(await eventsOf(compiled, { seed: 0 }));
  expect(numbers(done, "psnr")[0]).toBeGreaterThan(20);
});
