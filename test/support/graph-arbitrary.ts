import fc from "fast-check";
import type { Registry } from "../../runtime/graph/define-node.ts";
import type { Document } from "../../runtime/graph/document.ts";
import { buildGraph } from "./graph-builder.ts";
import type { Choose, GraphOptions } from "./graph-choices.ts";
import { mutateJson, mutateText } from "./graph-mutations.ts";

/** Decisions as data, so that a failing document shrinks. */
const decisions = fc.array(fc.nat(0xffff), { minLength: 1, maxLength: 150 });

function choices(numbers: readonly number[]): Choose {
  let at = 0;
  return (count) => {
    const number = numbers[at % numbers.length] ?? 0;
    // decisions repeat with a twist, so that a short list still makes a varied document
    const twist = Math.floor(at / numbers.length);
    at += 1;
    return count <= 0 ? 0 : (number + twist) % count;
  };
}

/** Documents that are built to be valid: nested zones, blocks, expressions, every wire of a fitting type. */
export function validDocument(
  registry: Registry,
  options: GraphOptions = {},
): fc.Arbitrary<Document> {
  return decisions.map((numbers) => buildGraph(registry, choices(numbers), options));
}

/** Valid documents after a few random edits of their JSON. */
export function mutatedDocument(
  registry: Registry,
  options: GraphOptions = {},
): fc.Arbitrary<unknown> {
  return fc
    .tuple(validDocument(registry, options), decisions, fc.integer({ min: 1, max: 5 }))
    .map(([document, numbers, count]) => {
      const choose = choices(numbers);
      let json: unknown = structuredClone(document);
      for (let i = 0; i < count; i += 1) json = mutateJson(json, choose);
      return json;
    });
}

/** Whatever may be handed to a reader: values, files, broken files, text. */
export function anyGraphInput(
  registry: Registry,
  options: GraphOptions = {},
): fc.Arbitrary<unknown> {
  const text = fc
    .tuple(mutatedDocument(registry, options), decisions)
    .map(([json, numbers]) => mutateText(JSON.stringify(json) ?? "", choices(numbers)));
  return fc.oneof(
    { weight: 4, arbitrary: mutatedDocument(registry, options) },
    { weight: 2, arbitrary: text },
    {
      weight: 1,
      arbitrary: fc.anything({
        withNullPrototype: true,
        withBigInt: true,
        withDate: true,
        withMap: true,
      }),
    },
    { weight: 1, arbitrary: fc.json() },
    { weight: 1, arbitrary: fc.string() },
  );
}
