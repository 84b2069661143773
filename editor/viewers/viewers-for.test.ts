import { describe, expect, test } from "vitest";
import { port, type PortType } from "../../runtime/graph/ports.ts";
import { viewersFor, type ViewerName } from "./viewers-for.ts";

const first: readonly [string, PortType | null, readonly number[], ViewerName][] = [
  ["a colour image", port.signal({ estimates: "x0" }), [4, 3, 64, 64], "image"],
  ["a grey image of unknown type", null, [1, 1, 28, 28], "image"],
  ["noise", port.signal({ estimates: "eps" }), [1, 3, 64, 64], "signed"],
  ["a score", port.signal({ estimates: "score" }), [1, 1, 28, 28], "signed"],
  [
    "spectral coefficients that are real",
    port.spectral({ field: "real" }),
    [1, 1, 64, 64],
    "signed",
  ],
  ["spectral coefficients in pairs", port.spectral(), [1, 2, 64, 64], "complex"],
  ["a complex field", port.measurement({ field: "complex" }), [1, 6, 64, 64], "complex"],
  [
    "a complex field of odd channels",
    port.measurement({ field: "complex" }),
    [1, 3, 64, 64],
    "image",
  ],
  ["particles in the plane", port.signal(), [1000, 2], "scatter"],
  ["one particle", port.signal(), [1, 2], "scatter"],
  ["a long vector of one sample", port.signal(), [1, 100], "curve"],
  ["a scalar", port.scalar(), [], "curve"],
  ["a scalar a sample", port.number(), [500], "histogram"],
  ["music", port.signal(), [1, 4, 65_536], "audio"],
  ["a short sequence", port.signal(), [1, 1, 100], "curve"],
  ["a small image", port.measurement(), [1, 3, 2, 2], "numbers"],
  ["nothing", port.signal(), [0, 2], "numbers"],
];

describe("viewersFor", () => {
  test.each(first)("shows %s", (_, type, shape, viewer) => {
    expect(viewersFor(type, shape)[0]).toBe(viewer);
  });

  test.each(first)("offers each viewer once, and the numbers always: %s", (_, type, shape) => {
    const views = viewersFor(type, shape);
    expect(new Set(views).size).toBe(views.length);
    expect(views).toContain("numbers");
  });
});
