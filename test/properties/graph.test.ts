import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatIssue } from "../../runtime/base/issue.ts";
import { diffDocuments } from "../../runtime/graph/diff.ts";
import { readDocument } from "../../runtime/graph/read.ts";
import { validate } from "../../runtime/graph/validate.ts";
import { writeDocument } from "../../runtime/graph/write.ts";
import { anyGraphInput, mutatedDocument, validDocument } from "../support/graph-arbitrary.ts";
import { graphRegistry } from "../support/graph-registry.ts";

const options = {
  params: { "prior/onnx": { model: "photo64" }, "input/image": { file: "a.png" } },
};
const valid = validDocument(graphRegistry, options);
const mutated = mutatedDocument(graphRegistry, options);
const any = anyGraphInput(graphRegistry, options);

describe("every input", () => {
  test("[F1] [F2] is read, or refused with issues in words; nothing is thrown and nothing polluted", () => {
    fc.assert(
      fc.property(any, (input) => {
        const { document, issues } = readDocument(input);
        expect(document === null).toBe(issues.length > 0);
        for (const issue of issues) {
          expect(issue.message).toMatch(/[.!?]$/);
          expect(formatIssue(issue)).not.toMatch(/Invalid input|ZodError|\bundefined\b|\[object/);
        }
        expect(Object.keys(Object.prototype)).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  test("[G1] that can be read can be checked and saved", () => {
    let read = 0;
    fc.assert(
      fc.property(mutated, (input) => {
        const { document } = readDocument(input);
        if (document === null) return;
        read += 1;
        for (const issue of validate(document, graphRegistry)) {
          expect(issue.at.path).toBeDefined();
          expect(issue.message).toMatch(/[.!?]$/);
        }
        writeDocument(document);
      }),
      { numRuns: 300 },
    );
    expect(read).toBeGreaterThan(50);
  });
});

describe("every document", () => {
  test("[W5] that is read comes back as it was: equal data, and the same bytes when saved again", () => {
    fc.assert(
      fc.property(mutated, (input) => {
        const { document } = readDocument(input);
        if (document === null) return;
        const text = writeDocument(document);
        const again = readDocument(text).document;
        expect(again).toEqual(document);
        expect(again === null ? "" : writeDocument(again)).toBe(text);
      }),
      { numRuns: 200 },
    );
  });

  test("[D1] differs from itself in nothing", () => {
    fc.assert(
      fc.property(valid, (document) => {
        expect(diffDocuments(document, structuredClone(document))).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  test("that is built by the rules is valid", () => {
    let zones = 0;
    fc.assert(
      fc.property(valid, (document) => {
        const text = writeDocument(document);
        zones += Number(text.includes('"zone/'));
        expect(validate(document, graphRegistry).map(formatIssue)).toEqual([]);
      }),
      { numRuns: 300 },
    );
    expect(zones).toBeGreaterThan(60);
  });
});
