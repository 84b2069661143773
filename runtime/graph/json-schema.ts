import { z } from "zod";
import type { AnyNode, Registry } from "./define-node.ts";
import { documentSchema } from "./document-schema.ts";
import type { Json, JsonObject } from "./json.ts";
import { isJsonObject } from "./json.ts";
import { toPlain } from "./to-plain.ts";

/**
 * JSON Schema (2020-12) of a graph file, for editors that complete and check while typing. With a registry it also
 * knows the params of every node.
 */
export function documentJsonSchema(registry?: Registry): JsonObject {
  const schema = toJsonSchema(documentSchema);
  const defs = objectAt(schema, "$defs");
  const node = objectAt(defs, "node");
  const rules = (registry?.types ?? []).flatMap((type) =>
    (registry?.versions(type) ?? []).map((definition) => ruleFor(definition)),
  );
  return {
    ...schema,
    title: "Denoodle graph",
    $defs: { ...defs, node: rules.length === 0 ? node : { ...node, allOf: rules } },
  };
}

/** Params of one type and version. */
function ruleFor({ type, v, title, params, scalars }: AnyNode): Json {
  const structural = objectAt(toJsonSchema(params), "properties");
  const numbers = Object.entries(objectAt(toJsonSchema(scalars), "properties")).map(
    ([name, schema]) => [name, { anyOf: [schema, { type: "string", pattern: "^=" }] }] as const,
  );
  return {
    if: { properties: { type: { const: type }, v: { const: v } }, required: ["type", "v"] },
    then: {
      properties: {
        params: {
          type: "object",
          title,
          properties: { ...structural, ...Object.fromEntries(numbers) },
        },
      },
    },
  };
}

function toJsonSchema(schema: z.ZodType): JsonObject {
  const plain = toPlain(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }));
  if (!plain.ok || !isJsonObject(plain.value))
    throw new Error("internal: a JSON Schema is not JSON");
  return plain.value;
}

function objectAt(object: JsonObject, key: string): JsonObject {
  const value = object[key];
  return isJsonObject(value) ? value : {};
}
