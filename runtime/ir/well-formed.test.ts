import { describe, expect, test } from "vitest";
import { newValue } from "./program.ts";
import { whyIllFormed } from "./well-formed.ts";

const type = { dtype: "float32", shape: [2] } as const;

describe(whyIllFormed.name, () => {
  const [x, y] = [newValue(type), newValue(type)];
  const make = { op: "Exp", inputs: [x], params: {}, outputs: [y] } as const;

  test("passes straight-line code", () => {
    expect(
      whyIllFormed({ inputs: [x], constants: new Map(), equations: [make], outputs: [y] }),
    ).toBeNull();
  });

  test("names a value that is read before it is made, made twice, or never made", () => {
    expect(
      whyIllFormed({ inputs: [], constants: new Map(), equations: [make], outputs: [y] }),
    ).toMatch(/equation 0 \(Exp\) reads/);
    expect(
      whyIllFormed({ inputs: [x], constants: new Map(), equations: [make, make], outputs: [y] }),
    ).toMatch(/equation 1 \(Exp\) makes/);
    expect(
      whyIllFormed({ inputs: [x], constants: new Map(), equations: [], outputs: [y] }),
    ).toMatch(/never made/);
  });
});
