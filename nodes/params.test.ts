import { describe, expect, test } from "vitest";
import { z } from "zod";
import { registry } from "./index.ts";

const definitions = registry.types.flatMap((type) => registry.versions(type));
const units = ["px", "bit"];

describe.each(definitions.map((definition) => [definition.type, definition] as const))(
  "%s",
  (_, { params, scalars }) => {
    test("says of every param what it does, in a sentence, and what it is counted in", () => {
      for (const schema of [params, scalars]) {
        const { properties = {} } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
        for (const [name, field] of Object.entries(properties)) {
          const { description, unit } = field as Readonly<Record<string, unknown>>;
          expect(description, name).toMatch(/^\S.{8,}\.$/su);
          if (unit !== undefined) expect(units, name).toContain(unit);
        }
      }
    });
  },
);
