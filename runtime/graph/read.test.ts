import { describe, expect, test } from "vitest";
import { readDocument } from "./read.ts";

const empty = { denoodle: 1, name: "n", inputs: {}, graph: {}, outputs: {}, blocks: {} };
const messages = (input: unknown): readonly string[] =>
  readDocument(input).issues.map(({ at, message }) => `${at.path?.join(".") ?? ""}: ${message}`);

describe(readDocument.name, () => {
  test.each([
    ["", "Expected a value, got the end (line 1, column 1)."],
    ['{"a": 1,}', 'Expected a name in quotes, got "}" (line 1, column 9).'],
    ['{\n  "a": 1\n  "b": 2\n}', 'Expected "," or "}", got "\\"" (line 3, column 3).'],
    ["[1, 2", 'Expected "," or "]", got the end (line 1, column 6).'],
    ['{"a": tru}', 'Expected a value, got "t" (line 1, column 7).'],
    ['{"a": 01}', 'Expected "," or "}", got "1" (line 1, column 8).'],
    [
      '{"a": "b',
      "The text in quotes does not end, or holds a character that must be escaped (line 1, column 7).",
    ],
    [
      '{"a": "\\x"}',
      "The text in quotes does not end, or holds a character that must be escaped (line 1, column 7).",
    ],
    ['{"a": 1, "a": 2}', 'The name "a" appears twice (line 1, column 10).'],
    ['{"__proto__": {"x": 1}}', 'The name "__proto__" is not allowed (line 1, column 2).'],
    ['{"\\u005f_proto__": 1}', 'The name "__proto__" is not allowed (line 1, column 2).'],
    ['{"a": 1e999}', "The number 1e999 is too large (line 1, column 7)."],
    ["{} x", "Expected the end of the text (line 1, column 4)."],
    ["[".repeat(100_000), "Values are nested more than 64 deep (line 1, column 65)."],
  ])("[F1] %.40s is refused with its line and column", (text, message) => {
    expect(readDocument(text).issues).toMatchObject([{ code: "json.invalid", message }]);
  });

  test("[F1] text that is too long is refused unread", () => {
    expect(messages(" ".repeat(21 * 2 ** 20))).toEqual([
      ": The text is 22020096 characters long; at most 20971520 are read.",
    ]);
  });

  test("[F2] values that no file can hold are refused with their path", () => {
    const loop: { denoodle: number; self?: unknown } = { denoodle: 1 };
    loop.self = loop;
    expect(messages(loop)[0]).toMatch("nested more than 64 deep");
    expect(messages({ ...empty, ui: { f: () => 1 } })).toEqual([
      "ui.f: Expected a value that JSON can say, got a function.",
    ]);
    expect(messages({ ...empty, ui: [Number.NaN] })).toEqual([
      "ui.0: Expected a finite number, got NaN.",
    ]);
    expect(messages({ ...empty, ui: new Date(0) })).toEqual([
      "ui: Expected plain data, got an object of a class.",
    ]);
    const trap = {
      get denoodle(): number {
        throw new Error("no");
      },
    };
    expect(messages(trap)).toEqual([": The value cannot be read: a property of it throws."]);
    expect(messages(undefined)).toEqual([": Expected a value that JSON can say, got nothing."]);
  });

  test("[F2] keys of prototypes are data in free places, and pollute nothing", () => {
    const text = JSON.stringify({
      ...empty,
      ui: { constructor: { prototype: { polluted: 1 } }, toString: 2 },
    });
    const { document } = readDocument(text);
    expect(document?.ui).toEqual({ constructor: { prototype: { polluted: 1 } }, toString: 2 });
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  test("[F3] every fault of shape is told at its path, in words", () => {
    const zone = {
      type: "zone/repeat",
      v: 1,
      body: { p: { type: "a/b", v: "1" }, q: { type: 3, v: 1 } },
    };
    expect(
      messages({
        denoodle: 1,
        name: 5,
        about: { departures: "none" },
        inputs: {
          a: { kind: "image" },
          b: { kind: "prior", default: { asset: "x", sha256: "12" } },
          c: { kind: "scalar", default: true },
        },
        graph: {
          bad: 3,
          b: { type: "block" },
          n: { type: "math/add", v: 1.5, in: { a: 4 } },
          r: { type: "zone/for-each", v: 2, states: { x: { init: "a.b", depth: 9 } }, body: {} },
          i: { type: "zone/if", v: 1, in: {}, then: { body: { z: zone }, outputs: {} }, else: {} },
          w: { type: "zone/while", v: 1, while: "@x", params: { max: 0 }, body: {} },
        },
        outputs: [],
      }),
    ).toMatchInlineSnapshot(`
      [
        "name: Expected text, got 5.",
        "about.departures: Expected a list, got "none".",
        "inputs.a.kind: Expected one of signal, measurement, operator, prior, schedule, scalar, level, list, spectral, got "image".",
        "inputs.b.default.sha256: Expected a SHA-256 of 64 lower-case hexadecimal digits, got "12".",
        "inputs.c.default: Expected a node, a file or a number, got true.",
        "graph.bad: Expected a node, an object with a type, got 3.",
        "graph.b.use: Expected text, got nothing.",
        "graph.n.v: Expected a whole number, got 1.5.",
        "graph.n.in.a: Expected text, got 4.",
        "graph.r.each: Expected an object, got nothing.",
        "graph.r.v: Expected 1, got 2.",
        "graph.r.states.x.next: Expected text, got nothing.",
        "graph.r.states.x.depth: Expected one of 1, 2, 3, got 9.",
        "graph.i.in.condition: Expected text, got nothing.",
        "graph.i.then.body.z.body.p.v: Expected a number, got "1".",
        "graph.i.then.body.z.body.q.type: Expected text, got 3.",
        "graph.i.else.body: Expected an object, got nothing.",
        "graph.i.else.outputs: Expected an object, got nothing.",
        "graph.w.params.max: Expected a number of at least 1, got 0.",
        "outputs: Expected an object, got an empty list.",
      ]
    `);
  });

  test("[F3] a file of a hundred thousand nodes and more is refused", () => {
    const graph = Object.fromEntries(
      Array.from({ length: 100_001 }, (_, i) => [`n${i}`, { type: "a/b", v: 1 }]),
    );
    expect(messages({ ...empty, graph })).toEqual([
      "graph: The file has 100001 nodes; at most 100000 are read.",
    ]);
  });

  test("[F6] unknown fields are kept and noted; unknown nodes and params are kept", () => {
    const graph = { a: { type: "x/y", v: 9, params: { p: [1] }, in: { q: "b.r" }, colour: "red" } };
    const { document, notes, issues } = readDocument({ ...empty, graph, licence: "MIT" });
    expect(issues).toEqual([]);
    expect(document).toEqual({ ...empty, graph, licence: "MIT" });
    expect(notes.map(({ code, at }) => [code, at.path?.join(".")])).toEqual([
      ["ghost.field", "graph.a.colour"],
      ["ghost.field", "licence"],
    ]);
  });

  test("empty parts may be left out by hand", () => {
    expect(readDocument({ denoodle: 1, name: "n", graph: {} }).document).toEqual(empty);
  });
});
