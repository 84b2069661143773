import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { registry } from "../../nodes/index.ts";
import { readDocument } from "../../runtime/graph/read.ts";
import { validate } from "../../runtime/graph/validate.ts";
import { edit, startHistory, undo, type Recipe } from "../document/history.ts";
import { componentsOf } from "./mixture.ts";
import { planeOf } from "./plane.ts";
import { moveTruth, setComponents, setNoiseStd, setRow } from "./scene-edits.ts";
import { sceneOf } from "./scene-of.ts";

const file = new URL("../../graphs/examples/mixture-2d.json", import.meta.url);
const { document } = readDocument(readFileSync(file, "utf8"));
const scene = document && sceneOf(document);
if (document === null || scene === null) throw new Error("the example has no scene");

const components = (componentsOf({ preset: "grid" }) ?? []).slice(0, 2);

test.each<readonly [string, Recipe, object]>([
  ["the measured point", moveTruth(scene, [0.5, -0.12345]), { truth: [0.5, -0.123] }],
  ["the row", setRow(scene, [0, 1]), { row: [0, 1] }],
  ["the noise", setNoiseStd(scene, 0.2), { noiseStd: 0.2 }],
  ["the prior", setComponents(scene, components), { components }],
])(
  "%s is changed where the scene says, the graph stays valid, and undo takes it back",
  (_, recipe, what) => {
    const start = startHistory(document);
    const changed = edit(start, { label: { key: "k" } }, recipe);
    expect(planeOf(changed.present, scene)).toMatchObject(what);
    expect(validate(changed.present, registry)).toEqual([]);
    expect(undo(changed).present).toEqual(document);
  },
);

test("what is no plain number is not known", () => {
  const { present } = edit(startHistory(document), { label: { key: "k" } }, (draft) => {
    const truth = draft.graph["truth"];
    if (truth !== undefined) truth.params = { x: "=1/3", y: 0 };
  });
  expect(planeOf(present, scene).truth).toBeNull();
});
