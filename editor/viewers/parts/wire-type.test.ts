import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { registry } from "../../../nodes/index.ts";
import type { Document } from "../../../runtime/graph/document.ts";
import { readDocument } from "../../../runtime/graph/read.ts";
import { analyse } from "../../document/analysis.ts";
import { defaultRange } from "../draw/value-range.ts";
import { typeOfWire } from "./wire-type.ts";

const file = new URL("../../../graphs/samplers/dps-mo.json", import.meta.url);
const { document } = readDocument(readFileSync(file, "utf8")) as { document: Document };
const { types } = analyse(document, registry);
const typeOf = (wire: string) => typeOfWire(document, types, wire);

test("what a task gives beside the graph's outputs is shown as what the graph restores", () => {
  expect(typeOf("=image")).toEqual(typeOf("=x0"));
  expect(defaultRange(typeOf("=image"))).toBe("[-1,1]");
  expect(typeOf("=measurement")).toMatchObject({ kind: "tensor", space: "measurement" });
});

test("a wire that is not there has no type", () => {
  expect(typeOf("nowhere/denoise.x0")).toBeNull();
});
