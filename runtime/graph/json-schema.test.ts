import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { graphRegistry } from "../../test/support/graph-registry.ts";
import { documentJsonSchema } from "./json-schema.ts";

describe(documentJsonSchema.name, () => {
  test("docs/graph.schema.json is current", () => {
    const text = readFileSync(new URL("../../docs/graph.schema.json", import.meta.url), "utf8");
    expect(JSON.parse(text)).toEqual(documentJsonSchema());
  });

  test("with a registry knows the params of each node; scalars may be expressions", () => {
    const text = JSON.stringify(documentJsonSchema(graphRegistry));
    expect(text).toContain('"type":{"const":"schedule/poly"},"v":{"const":1}');
    expect(text).toContain(
      '"end":{"default":"append","type":"string","enum":["append","replace","none"]}',
    );
    expect(text).toContain('{"type":"string","pattern":"^="}');
  });
});
