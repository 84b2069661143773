import { readFileSync, readdirSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { registry } from "../../nodes/index.ts";
import { formatIssue } from "../../runtime/base/issue.ts";
import { readDocument } from "../../runtime/graph/read.ts";
import { validate } from "../../runtime/graph/validate.ts";
import { mutatedDocument, validDocument } from "../support/graph-arbitrary.ts";

const root = new URL("../../", import.meta.url);
const folders = ["graphs/samplers/", "graphs/tasks/", "graphs/blocks/", "test/fixtures/graphs/"];
const files = folders.flatMap((folder) =>
  readdirSync(new URL(folder, root))
    .filter((name) => name.endsWith(".json"))
    .map((name) => `${folder}${name}`),
);

test.each(files)("%s reads without notes and is valid", (file) => {
  const { document, issues, notes } = readDocument(readFileSync(new URL(file, root), "utf8"));
  const found = document === null ? issues : [...notes, ...validate(document, registry)];
  expect(found.map(formatIssue)).toEqual([]);
});

describe("with the shipped nodes", () => {
  const options = {
    params: { "prior/onnx": { model: "photo64" }, "input/image": { file: "a.png" } },
  };

  test("a graph that is built by the rules is valid", () => {
    fc.assert(
      fc.property(validDocument(registry, options), (document) => {
        expect(validate(document, registry).map(formatIssue)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  test("[G1] a mutated graph is checked without a throw", () => {
    fc.assert(
      fc.property(mutatedDocument(registry, options), (input) => {
        const { document } = readDocument(input);
        if (document !== null) expect(validate(document, registry)).toBeInstanceOf(Array);
      }),
      { numRuns: 100 },
    );
  });
});
