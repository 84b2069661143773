import { expect, test } from "vitest";
import { registry } from "../../nodes/index.ts";
import type { Document } from "../../runtime/graph/document.ts";
import { port } from "../../runtime/graph/ports.ts";
import { paletteOf, suggest } from "./palette.ts";

const empty: Document = { denoodle: 1, name: "", inputs: {}, graph: {}, outputs: {}, blocks: {} };
const entries = paletteOf(empty, registry);
const portOf = (title: string, loose: Parameters<typeof suggest>[2]) =>
  suggest(entries, title, loose).find(({ entry }) => entry.title === title)?.port;

test.each([
  ["x0", "x0"],
  ["x", "x"],
  ["image", "x"],
])("a wire from %s ends in an Euler step's %s", (name, taken) => {
  expect(portOf("Euler step", { type: port.signal(), end: "source", name })).toBe(taken);
});

test("a wire that looks for a value takes the output of its name", () => {
  const loose = { type: port.signal(), end: "target", name: "x0" } as const;
  expect(portOf("Denoise", loose)).toBe("x0");
});
