import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { registry } from "../../nodes/index.ts";
import type { Document } from "../../runtime/graph/document.ts";
import { readDocument } from "../../runtime/graph/read.ts";
import { validate } from "../../runtime/graph/validate.ts";
import { writeDocument } from "../../runtime/graph/write.ts";
import { type Damage, operatorOf } from "./damage.ts";
import { restorationOf } from "./restoration.ts";

const shipped = (path: string) => fileURLToPath(new URL(`../../graphs/${path}`, import.meta.url));

function sampler(name: string): Document {
  const { document } = readDocument(readFileSync(shipped(`samplers/${name}.json`), "utf8"));
  if (document === null) throw new Error(`no sampler ${name}`);
  return document;
}

const asked = (damage: Damage, photo: { name: string; sha256: string }) => ({
  name: "Cat, restored",
  photo,
  operator: operatorOf(damage, "cat-mask.npy"),
  noiseStd: 0.03,
  model: "photo64",
  steps: 2,
});
const cat = { name: "cat.png", sha256: "a".repeat(64) };

describe("the document of a restoration", () => {
  test("has the photo as its measurement, and nothing that knows the truth", () => {
    const document = restorationOf(sampler("dps-mo"), asked({ kind: "missing" }, cat));
    expect(document.task).toBeUndefined();
    expect(document.name).toBe("Cat, restored");
    expect(document.inputs).toMatchObject({
      measurement: { kind: "measurement", default: { asset: "cat.png", sha256: cat.sha256 } },
      operator: { default: { type: "operator/mask", params: { file: "cat-mask.npy" } } },
      measurementNoiseStd: { default: 0.03 },
      // the sampler's schedule ends at the noise
      schedule: { default: { params: { steps: 2, sigmaMax: 10, sigmaMin: 0.03 } } },
    });
    expect(validate(document, registry)).toEqual([]);
    expect(readDocument(writeDocument(document)).document).toEqual(document);
  });

  test("leaves a schedule that has nothing to do with the noise as it is", () => {
    const { inputs } = restorationOf(sampler("ddrm"), asked({ kind: "noisy" }, cat));
    expect(inputs["schedule"]?.default).toMatchObject({ params: { steps: 2 } });
  });
});
