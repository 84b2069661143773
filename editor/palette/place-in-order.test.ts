import { describe, expect, test } from "vitest";
import { createStore } from "zustand/vanilla";
import { registry } from "../../nodes/index.ts";
import { graphsFolder, readShipped } from "../../test/graphs/shipped.ts";
import { createStudio } from "../app/create-studio.ts";
import { placeUnplaced } from "../app/place-unplaced.ts";
import { boxOf } from "../commands/boxes.ts";
import type { Point } from "../document/ui.ts";
import type { RunStore } from "../run/run-store.ts";
import { placeInOrder } from "./place-in-order.ts";

const createRun = () => createStore(() => ({})) as unknown as RunStore;
const document = readShipped(`${graphsFolder}/samplers/dps.json`);
const studio = createStudio({ registry, document, name: document.name, createRun });
placeUnplaced(studio);

const body = "graph/reverse/body";
const denoise = `${body}/denoise`;
const box = boxOf(studio, denoise);
const place = (at: Point, from: string, isTarget = false) =>
  placeInOrder(studio, { body, at }, { from, isTarget });

describe("what is added at the end of a wire", () => {
  test("stands after what it reads", () => {
    const [x, y] = place([box.x - 50, 7], `${denoise}/out/x0`);
    expect([x > box.x + box.width, y]).toEqual([true, 7]);
  });

  test("stands before what it feeds, with room for itself", () => {
    const [x, y] = place([box.x - 10, 7], `${denoise}/in/x`, true);
    expect([x + 184 < box.x, y]).toEqual([true, 7]);
  });

  test("stands where it was dropped, where that is in the order of reading", () => {
    expect(place([box.x + 1000, 7], `${denoise}/out/x0`)).toEqual([box.x + 1000, 7]);
    expect(place([box.x - 1000, 7], `${denoise}/in/x`, true)).toEqual([box.x - 1000, 7]);
  });

  test("stands where it was dropped, where the wire comes from another body", () => {
    expect(place([0, 0], "inputs/prior/out")).toEqual([0, 0]);
    expect(place([0, 0], "graph/reverse/out/x")).toEqual([0, 0]);
  });
});
