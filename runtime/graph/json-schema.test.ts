import { describe, expect, test } from "vitest";
import { graphRegistry } from "../../test/support/graph-registry.ts";
import { documentJsonSchema } from "./json-schema.ts";

describe(documentJsonSchema.name, () => {
  test("with a registry knows the params of each node; scalars may be expressions", () => {
    const text = JSON.stringify(documentJsonSchema(graphRegistry));
    expect(text).toContain('"type":{"const":"schedule/poly"},"v":{"const":1}');
    expect(text).toContain(
      '"end":{"default":"append","type":"string","enum":["append","replace","none"]}',
    );
    expect(text).toContain('{"type":"string","pattern":"^="}');
  });
});
