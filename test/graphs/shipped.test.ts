import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { registry } from "../../nodes/index.ts";
import { validate } from "../../runtime/graph/validate.ts";
import {
  graphsFolder,
  readShipped,
  schemaFile,
  schemaText,
  shippedFiles,
  shippedText,
} from "./shipped.ts";

describe("the shipped graphs", () => {
  test.each(shippedFiles().map((file) => [path.relative(graphsFolder, file), file] as const))(
    "%s is valid, canonical, and embeds the present blocks (npm run graphs mends it)",
    (_, file) => {
      expect(validate(readShipped(file), registry)).toEqual([]);
      expect(readFileSync(file, "utf8")).toBe(shippedText(file));
    },
  );
});

test("docs/graph.schema.json is current (npm run graphs mends it)", () => {
  expect(readFileSync(schemaFile, "utf8")).toBe(schemaText());
});
