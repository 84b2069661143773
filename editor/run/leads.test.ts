import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { registry } from "../../nodes/index.ts";
import { readDocument } from "../../runtime/graph/read.ts";
import { skeleton, plainSchedule } from "../document/skeleton.ts";
import { leadsOf } from "./leads.ts";

const folder = path.resolve(import.meta.dirname, "../../graphs/samplers");
const read = (text: string | object) => {
  const { document, issues } = readDocument(text);
  if (document === null) throw new Error(JSON.stringify(issues));
  return document;
};
const sampler = (name: string) => read(readFileSync(path.join(folder, `${name}.json`), "utf8"));

describe(leadsOf.name, () => {
  test("finds what a state becomes next, and the numbers of the zone", () => {
    const { outputs, curves } = leadsOf(sampler("dps"), registry);
    expect(outputs).toEqual({ "=residual": "reverse.residual", "=x0": "reverse/guided.x" });
    expect(curves).toContain("reverse/size.norm");
  });

  test("goes back through what stands after the zone", () => {
    const { outputs } = leadsOf(sampler("dps-mo"), registry);
    expect(outputs["=x0"]).toMatch(/^anneal/);
  });

  test.each(readdirSync(folder).map((file) => file.replace(/\.json$/, "")))(
    "%s can be watched: its picture has a lead inside a zone",
    (name) => {
      const document = sampler(name);
      const { outputs } = leadsOf(document, registry);
      expect(outputs["=x0"]).toBeDefined();
    },
  );

  test("a zone that is still empty has none", () => {
    const document = skeleton({
      name: "new",
      task: "hdr-64",
      prior: { type: "prior/onnx", v: 1, params: { model: "photo64" } },
      schedule: plainSchedule,
    });
    expect(leadsOf(document, registry).outputs).toEqual({});
  });
});
