import fc from "fast-check";
import { expect, test } from "vitest";
import { registry } from "../../nodes/index.ts";
import { IssueError } from "../../runtime/base/issue.ts";
import { compile } from "../../runtime/compile/compile.ts";
import type { Feed } from "../../runtime/compile/slots.ts";
import type { Document } from "../../runtime/graph/document.ts";
import { readDocument } from "../../runtime/graph/read.ts";
import { float32 } from "../../runtime/tensor/tensor.ts";
import { mutatedDocument, validDocument } from "../support/graph-arbitrary.ts";

const zeros = (side: number): Feed => ({
  kind: "tensor",
  data: float32(new Float32Array(side * side), [1, 1, side, side]),
});
const feeds: Readonly<Record<string, Feed>> = {
  operator: { kind: "node", type: "operator/average", params: { factor: 2 } },
  measurement: zeros(4),
  schedule: { kind: "node", type: "schedule/poly", params: {} },
  start: zeros(8),
  amount: { kind: "number", value: 0.5 },
};
/** Nodes that need files. */
const withFiles = ["prior/onnx", "input/image", "input/tensor"];
const options = { allow: ({ type }: { readonly type: string }) => !withFiles.includes(type) };

/** True when it compiles; an issue is an answer too, anything else that is thrown is not. */
function compiles(document: Document): boolean {
  const inputs = { ...document.inputs, prior: { kind: "prior", optional: true } as const };
  const assets = { tensors: new Map(), models: new Map() };
  try {
    compile({ document: { ...document, inputs }, feeds, batch: 1, registry, assets });
    return true;
  } catch (error) {
    if (error instanceof IssueError) return false;
    throw error;
  }
}

test("a valid graph is compiled, or refused with issues; many are compiled", () => {
  let compiled = 0;
  fc.assert(
    fc.property(validDocument(registry, options), (document) => {
      compiled += Number(compiles(document));
    }),
    { numRuns: 100 },
  );
  expect(compiled).toBeGreaterThan(15);
});

test("a mutated graph that can be read is compiled, or refused with issues", () => {
  fc.assert(
    fc.property(mutatedDocument(registry, options), (input) => {
      const { document } = readDocument(input);
      if (document !== null) expect(compiles(document)).toBeTypeOf("boolean");
    }),
    { numRuns: 300 },
  );
});
