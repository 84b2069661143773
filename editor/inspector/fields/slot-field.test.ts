import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { registry } from "../../../nodes/index.ts";
import { readDocument } from "../../../runtime/graph/read.ts";
import { slotField } from "./slot-field.ts";

const fieldIn = (sampler: string, slot: string) => {
  const file = new URL(`../../../graphs/samplers/${sampler}.json`, import.meta.url);
  const { document } = readDocument(readFileSync(file, "utf8"));
  if (document === null) throw new Error("it cannot be read");
  return slotField(document, registry, `inputs/${slot}`);
};

test("an input that counts takes whole numbers, through a block and beside expressions too", () => {
  expect(fieldIn("dps-mo", "innerSteps")).toMatchObject({ integer: true, min: { value: 0 } });
  expect(fieldIn("daps", "langevinSteps")).toMatchObject({ integer: true });
  expect(fieldIn("daps", "odeSteps")).toMatchObject({ integer: true, min: { value: 1 } });
});

test("one that only expressions read takes any number", () => {
  expect(fieldIn("dps", "guidanceScale")).toMatchObject({ integer: false, min: null, max: null });
});
