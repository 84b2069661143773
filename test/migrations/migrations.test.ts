import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { NodeMigration } from "../../runtime/graph/migrations/node-steps.ts";
import { nodeMigrations, renameParams } from "../../runtime/graph/migrations/node-steps.ts";
import { readDocument } from "../../runtime/graph/read.ts";
import { writeDocument } from "../../runtime/graph/write.ts";

const files = new URL("files/", import.meta.url);
const text = (name: string): string => readFileSync(new URL(name, files), "utf8");
const old = readdirSync(files).filter((name) => /-version-\d+\.json$/.test(name));

describe("a stored old file", () => {
  test.each(old)("[F4] %s becomes the file of this version beside it", (name) => {
    const { document, issues } = readDocument(text(name));
    expect(issues).toEqual([]);
    if (document === null) return;
    expect(writeDocument(document)).toBe(text(name.replace(".json", ".migrated.json")));
  });

  test.each(old)("[F4] %s says what was migrated and what is not understood", (name) => {
    expect(readDocument(text(name)).notes.map(({ message }) => message)).toMatchInlineSnapshot(`
      [
        "The file was read from version 0; it will be saved as version 1.",
        "Nodes were brought up to date: schedule/poly 0 → 1.",
        "The field "label" is not known here; it is kept as it is.",
        "The field "edges" is not known here; it is kept as it is.",
      ]
    `);
  });

  test.each(old)("[F4] %s is migrated once: read again, nothing is left to migrate", (name) => {
    const { document } = readDocument(text(name.replace(".json", ".migrated.json")));
    expect(document).not.toBeNull();
    expect(readDocument(document).notes.filter(({ code }) => code === "migrated")).toEqual([]);
  });
});

describe("a node of an old version", () => {
  const file = (node: unknown) => ({ denoodle: 1, name: "n", graph: { a: node }, outputs: {} });
  const chain: readonly NodeMigration[] = [
    { type: "math/blur", from: 1, step: (node) => renameParams(node, { width: "std" }) },
    { type: "math/blur", from: 2, step: (node) => ({ ...node, type: "math/gaussian" }) },
    { type: "math/gaussian", from: 3, step: (node) => renameParams(node, { std: "stdPx" }) },
  ];

  test("[F5] goes through every step of its chain, also under a new type", () => {
    const { document } = readDocument(
      file({
        type: "math/blur",
        v: 1,
        params: { width: 2, other: 1 },
        in: { x: "b.x" },
        note: "kept",
      }),
      chain,
    );
    expect(document?.graph["a"]).toEqual({
      type: "math/gaussian",
      v: 4,
      params: { stdPx: 2, other: 1 },
      in: { x: "b.x" },
      note: "kept",
    });
  });

  test("[F5] is migrated in bodies, branches, blocks and defaults", () => {
    const node = { type: "schedule/poly", v: 0, params: { n: 3 } };
    const inside = { body: { a: node }, outputs: {} };
    const { document } = readDocument({
      denoodle: 1,
      name: "n",
      inputs: { s: { kind: "schedule", default: node } },
      graph: { z: { type: "zone/if", v: 1, in: { condition: "a.b" }, then: inside, else: inside } },
      blocks: {
        b: {
          inputs: {},
          graph: { r: { type: "zone/repeat", v: 1, body: { a: node } } },
          outputs: {},
        },
      },
    });
    const now = { type: "schedule/poly", v: 1, params: { steps: 3 } };
    expect(document).toMatchObject({
      inputs: { s: { default: now } },
      graph: { z: { then: { body: { a: now } }, else: { body: { a: now } } } },
      blocks: { b: { graph: { r: { body: { a: now } } } } },
    });
  });

  test("[F5] two steps from one version are a mistake of ours", () => {
    const twice = [...nodeMigrations, ...nodeMigrations];
    expect(() => readDocument(file({ type: "a/b", v: 1 }), twice)).toThrow(RangeError);
  });
});

test.each([
  [
    { denoodle: 3, name: "n" },
    "This file is of version 3; this Denoodle reads 1.",
    "Update Denoodle.",
  ],
  [
    { name: "n" },
    'This is not a Denoodle file: the field "denoodle" is missing.',
    'Begin it with "denoodle": 1.',
  ],
  [{ denoodle: "1" }, 'Expected a whole number as version, got "1".', undefined],
  [[1], "Expected an object, got a list of 1.", undefined],
])("[F4] %j is refused with a sentence", (file, message, fix) => {
  const { document, issues } = readDocument(file);
  expect(document).toBeNull();
  expect(issues).toMatchObject([
    { code: "document.version", message, ...(fix === undefined ? {} : { fix }) },
  ]);
});

test("[F4] faulty old files are refused or kept, never half read", () => {
  const twice = {
    denoodle: 0,
    title: "t",
    nodes: [
      { id: "a", type: "x/y" },
      { id: "a", type: "x/y" },
    ],
    edges: [],
  };
  expect(readDocument(twice).issues).toMatchObject([{ at: { path: ["graph"] } }]);
  const proto = '{"denoodle":0,"title":"t","nodes":[{"id":"__proto__","type":"x/y"}],"edges":[]}';
  expect(readDocument(proto).issues).toMatchObject([{ code: "json.invalid" }]);
});
