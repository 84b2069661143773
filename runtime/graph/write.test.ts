import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Document } from "./document.ts";
import { readDocument } from "./read.ts";
import { writeDocument } from "./write.ts";

const empty: Document = { denoodle: 1, name: "n", inputs: {}, graph: {}, outputs: {}, blocks: {} };

describe(writeDocument.name, () => {
  test("[W1] known fields stand in their order, all others after them, sorted", () => {
    const { document } = readDocument(
      '{"zeta":1,"graph":{"b":{"v":1,"in":{"y":"a.x","b":"a.x"},"type":"x/y","alpha":0},"a":{"type":"x/y","v":1}},' +
        '"name":"n","ui":{"b":1,"a":2},"denoodle":1,"about":{"paper":"p","summary":"s"}}',
    );
    expect(document === null ? "" : writeDocument(document)).toMatchInlineSnapshot(`
      "{
        "denoodle": 1,
        "name": "n",
        "about": {
          "summary": "s",
          "paper": "p"
        },
        "inputs": {},
        "graph": {
          "a": {
            "type": "x/y",
            "v": 1
          },
          "b": {
            "type": "x/y",
            "v": 1,
            "in": {
              "b": "a.x",
              "y": "a.x"
            },
            "alpha": 0
          }
        },
        "outputs": {},
        "blocks": {},
        "ui": {
          "a": 2,
          "b": 1
        },
        "zeta": 1
      }
      "
    `);
  });

  test("[W2] short lists stand on one line, long ones and those with objects do not", () => {
    const ui = {
      short: [1, [2, "a"], []],
      objects: [{ a: 1 }, 2],
      long: Array.from({ length: 30 }, (_, i) => i * 1000),
    };
    const lines = writeDocument({ ...empty, ui }).split("\n");
    expect(lines).toContain('    "short": [1, [2, "a"], []]');
    expect(lines).toContain('    "long": [');
    expect(lines).toContain("      29000");
    expect(lines).toContain('    "objects": [');
    expect(lines.every((line) => line.length <= 104)).toBe(true);
  });

  test("[W3] ends with one newline, and has LF only", () => {
    const text = writeDocument({ ...empty, name: "a\r\nb" });
    expect(text.endsWith("}\n")).toBe(true);
    expect(text).not.toContain("\r");
  });

  test("[W4] numbers and odd text come back as they were", () => {
    const ui = { n: [-0, 1e21, 5e-324, 0.1, 2 ** 53], t: ["\u0000", "\ud800", "é\u2028", "😀"] };
    const { document } = readDocument(writeDocument({ ...empty, ui }));
    expect(document?.ui).toStrictEqual(ui);
  });

  test("[W4] what JSON cannot say is refused rather than changed", () => {
    expect(() => writeDocument({ ...empty, ui: { a: Infinity } })).toThrow(
      "The document cannot be saved: ui.a: Expected a finite number, got Infinity. [json.invalid]",
    );
  });

  test("[W5] opening and saving a saved file changes no byte", () => {
    const text = readFileSync(
      new URL("../../test/fixtures/graphs/dps-mo.json", import.meta.url),
      "utf8",
    );
    const { document, notes } = readDocument(text);
    expect(notes).toEqual([]);
    expect(document === null ? "" : writeDocument(document)).toBe(text);
  });
});
