import { describe, expect, test } from "vitest";
import { registry } from "../../nodes/index.ts";
import type { Document } from "../../runtime/graph/document.ts";
import { createStudio } from "../app/create-studio.ts";
import { firstState } from "../run/no-run.ts";
import type { RunActions, RunState } from "../run/run-store.ts";
import { createStore } from "zustand/vanilla";
import { followLacks, lacksOf } from "./lacks.ts";
import { ownFileRecordsInMemory } from "./own-file-records.ts";
import { createOwnFiles } from "./own-files.ts";

const isReserved = (name: string): boolean => name === "photo64";
const known = { registry, isReserved };
const document = (sha256?: string): Document => ({
  denoodle: 1,
  name: "Own",
  inputs: {
    photo: { kind: "signal", default: { asset: "mine.png", ...(sha256 && { sha256 }) } },
    prior: { kind: "prior", default: { type: "prior/onnx", v: 1, params: { model: "faces" } } },
    other: { kind: "prior", default: { type: "prior/onnx", v: 1, params: { model: "photo64" } } },
  },
  graph: {},
  outputs: { x0: "@photo" },
  blocks: {},
});
const own = (name: string, kind: "picture" | "model", sha256 = "a") => ({
  name,
  kind,
  sha256,
  size: 1,
  at: 0,
});

describe(lacksOf.name, () => {
  test("names each file that nobody has where the graph does, and none that Denoodle comes with", () => {
    expect(lacksOf(document(), [], known)).toMatchObject([
      { code: "asset.missing", at: { path: ["inputs", "photo", "default", "asset"] } },
      { code: "asset.missing", at: { path: ["inputs", "prior", "default", "params", "model"] } },
    ]);
    expect(
      lacksOf(document(), [own("mine.png", "picture"), own("faces.onnx", "model")], known),
    ).toEqual([]);
  });

  test("takes a file of the right hash under any name, and tells of another one under the same name", () => {
    const [photo, ...rest] = lacksOf(document("b"), [own("mine.png", "picture")], known);
    expect(photo).toMatchObject({ code: "asset.changed", expected: "b", got: "a" });
    expect(rest).toHaveLength(1);
    expect(lacksOf(document("b"), [own("renamed.png", "picture", "b")], known)).toHaveLength(1);
  });
});

describe(followLacks.name, () => {
  test("follows the document, the files, and where runs go", async () => {
    const files = createOwnFiles({
      records: Promise.resolve({ records: ownFileRecordsInMemory(), kept: true }),
      isReserved,
      now: () => 0,
      tell: () => {},
    });
    const run = createStore<RunState>(() => firstState);
    const studio = createStudio({
      registry,
      document: document(),
      name: "own",
      createRun: () => Object.assign(run, { actions: {} as RunActions }),
    });
    const codes = () => studio.lacks.getState().map(({ code }) => code);
    followLacks(studio, files);
    // While nobody knows which files there are, none is missed.
    expect(codes()).toEqual([]);
    await files.list();
    expect(codes()).toEqual(["asset.missing", "asset.missing"]);
    await files.put("mine.png", Uint8Array.of(1), "picture");
    expect(codes()).toEqual(["asset.missing"]);
    run.setState({ where: "server" });
    expect(codes()).toEqual([]);
    run.setState({ where: "browser" });
    studio.editor.actions.edit({ label: { key: "test" } }, (draft) => {
      delete draft.inputs["prior"];
    });
    expect(codes()).toEqual([]);
  });
});
