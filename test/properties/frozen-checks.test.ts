import fc from "fast-check";
import { freeze, produce, type Draft } from "immer";
import { expect, test } from "vitest";
import type { Body, Document } from "../../runtime/graph/document.ts";
import { readDocument } from "../../runtime/graph/read.ts";
import { validate } from "../../runtime/graph/validate.ts";
import { mutatedDocument, validDocument } from "../support/graph-arbitrary.ts";
import { graphRegistry } from "../support/graph-registry.ts";

const options = {
  params: { "prior/onnx": { model: "photo64" }, "input/image": { file: "a.png" } },
};
const mutated = mutatedDocument(graphRegistry, options);
const valid = validDocument(graphRegistry, options);

/** A copy is not frozen, so everything is found anew. */
const checkedAnew = (document: Document) => validate(structuredClone(document), graphRegistry);

test("what is remembered of frozen nodes is what is found anew", () => {
  fc.assert(
    fc.property(mutated, (input) => {
      const { document } = readDocument(input);
      if (document === null) return;
      const whole = checkedAnew(document);
      freeze(document, true);
      expect(validate(document, graphRegistry)).toEqual(whole);
      expect(validate(document, graphRegistry)).toEqual(whole);
    }),
    { numRuns: 150 },
  );
});

test("an edited document that shares its nodes with the one before is checked as a whole one is", () => {
  const edit = fc.record({
    at: fc.nat(),
    kind: fc.constantFrom("param", "expression", "wire", "remove", "twin"),
    value: fc.integer({ min: -3, max: 3 }),
  });
  fc.assert(
    fc.property(valid, fc.array(edit, { minLength: 1, maxLength: 6 }), (first, edits) => {
      let document = freeze(first, true);
      for (const { at, kind, value } of edits) {
        document = produce(document, (draft) => change(draft, { at, kind, value }));
        expect(validate(document, graphRegistry)).toEqual(checkedAnew(document));
      }
    }),
    { numRuns: 150 },
  );
});

interface Change {
  readonly at: number;
  readonly kind: "param" | "expression" | "wire" | "remove" | "twin";
  readonly value: number;
}

/** An edit as a person might make it, right or wrong. */
function change({ graph }: Draft<Document>, { at, kind, value }: Change): void {
  const bodies = bodiesIn(graph);
  const body = bodies[at % bodies.length] ?? graph;
  const ids = Object.keys(body);
  const id = ids[at % Math.max(1, ids.length)] ?? "";
  const node = body[id];
  if (node === undefined) return;
  if (kind === "remove") delete body[id];
  // The same frozen node in another place: what is remembered of it names none.
  else if (kind === "twin") body[`${id}Twin${value + 3}`] = node;
  else if (kind === "wire") rewire(node, `${ids[Math.abs(value) % ids.length] ?? id}.x`);
  else setParam(node, at, kind === "param" ? value : expressions[at % 2]);
}

function rewire(node: Draft<Body>[string], source: string): void {
  const [port = "x"] = Object.keys(node.in ?? {});
  node.in = { ...node.in, [port]: source };
}

function setParam(node: Draft<Body>[string], at: number, value: unknown): void {
  const names = Object.keys(node.params ?? {});
  const name = names[at % Math.max(1, names.length)] ?? "factor";
  node.params = { ...node.params, [name]: value };
}

const expressions = ["=1+1", "=@k+gone"];

function bodiesIn(body: Draft<Body>): readonly Draft<Body>[] {
  return [
    body,
    ...Object.values(body).flatMap((node) => ("body" in node ? bodiesIn(node.body) : [])),
  ];
}
