import fc from "fast-check";
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { anyGraphInput } from "../../test/support/graph-arbitrary.ts";
import { graphRegistry } from "../../test/support/graph-registry.ts";
import { writeDocument } from "../../runtime/graph/write.ts";
import { uiOf } from "../document/ui.ts";
import { mostBytes, readGraphFile, readGraphText } from "./graph-file.ts";

const file = (part: string | Uint8Array<ArrayBuffer>) => new Blob([part]);
const samplers = new URL("../../graphs/samplers/", import.meta.url);

describe(readGraphFile.name, () => {
  test("opening and saving a shipped graph gives its bytes", async () => {
    for (const name of readdirSync(samplers)) {
      const text = readFileSync(new URL(name, samplers), "utf8");
      const { document } = await readGraphFile(file(text));
      expect(document && writeDocument(document)).toBe(text);
    }
  });

  test("a fault of syntax is told with its line and column", async () => {
    const read = await readGraphFile(file('{\n  "denoodle": 1,\n  "name": x\n}'));
    expect(read).toMatchObject({ document: null, why: { key: "storage.refused.faulty" } });
    expect(read.document === null && read.issues[0]?.message).toContain("line 3, column 11");
  });

  test("what is too large is refused before it is read", async () => {
    const refused = { document: null, why: { key: "storage.refused.size" } };
    const large = file(new Uint8Array(mostBytes.json + 1));
    Object.defineProperty(large, "arrayBuffer", { value: () => expect.unreachable() });
    expect(await readGraphFile(large)).toMatchObject(refused);
  });

  test("a picture without a graph, and bytes that are no text, are refused by what they are", async () => {
    const png = readFileSync(new URL("../../graphs/assets/fashion_0.png", import.meta.url));
    expect(await readGraphFile(file(new Uint8Array(png)))).toMatchObject({
      why: { key: "storage.refused.picture" },
    });
    expect(await readGraphFile(file(Uint8Array.of(0xff, 0xfe, 0)))).toMatchObject({
      why: { key: "storage.refused.text" },
    });
  });

  test("what is no graph by its name and its content is answered with what is opened here", async () => {
    const named = (name: string, part: string | Uint8Array<ArrayBuffer>) =>
      readGraphFile(new File([part], name));
    const kind = { why: { key: "storage.refused.kind" }, issues: [] };
    expect(await named("note.txt", "hello")).toMatchObject(kind);
    expect(await named("note.doc", Uint8Array.of(0xff, 0xfe, 0))).toMatchObject(kind);
    const faulty = { why: { key: "storage.refused.faulty" } };
    expect(await named("note.json", "hello")).toMatchObject(faulty);
    expect(await named("note.txt", '{"denoodle":')).toMatchObject(faulty);
  });

  test("a node that is not known here is kept as it is", () => {
    const text = writeDocument({
      denoodle: 1,
      name: "ghost",
      inputs: {},
      graph: { a: { type: "future/node", v: 7, params: { deep: [{ x: 1 }] } } },
      outputs: {},
      blocks: {},
    });
    const { document } = readGraphText(text);
    expect(document && writeDocument(document)).toBe(text);
  });
});

describe("hostile files", () => {
  const nodes = (count: number) =>
    `{"denoodle":1,"name":"n","graph":{${Array.from({ length: count }, (_, i) => `"n${i}":{"type":"a/b","v":1}`).join()}}}`;
  const hostile: Readonly<Record<string, string>> = {
    "prototype names": '{"denoodle":1,"name":"a","graph":{"__proto__":{"type":"a/b","v":1}}}',
    "a constructor": '{"denoodle":1,"name":"a","graph":{"constructor":{"type":"toString","v":1}}}',
    "deep nesting": `${"[".repeat(100_000)}${"]".repeat(100_000)}`,
    "deep zones": `{"denoodle":1,"name":"a","graph":${'{"z":{"type":"zone/repeat","v":1,"body":'.repeat(5000)}{}${"}}".repeat(5000)}}`,
    "a huge text": `{"denoodle":1,"name":"${"x".repeat(5_000_000)}","graph":{}}`,
    "more nodes than are read": nodes(100_001),
    "wrong types in the layout":
      '{"denoodle":1,"name":"a","graph":{},"ui":{"nodes":{"a":["x",null]},"notes":7,"probes":{},"frames":[[]]}}',
    "a layout that is a text":
      '{"denoodle":1,"name":"a","graph":{},"ui":"<img src=x onerror=alert(1)>"}',
  };
  test.each(Object.entries(hostile))("%s: opened, or refused with a sentence", (_, text) => {
    const read = readGraphText(text);
    if (read.document !== null) uiOf(read.document);
    else expect(read.issues[0]?.message).toMatch(/\S+ .*\.$/);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  test("a hundred thousand nodes open", () => {
    expect(readGraphText(nodes(100_000)).document).not.toBeNull();
  });

  test("500 fuzzed inputs open or are refused, and never throw", async () => {
    await fc.assert(
      fc.asyncProperty(anyGraphInput(graphRegistry), fc.uint8Array(), async (input, bytes) => {
        const text = typeof input === "string" ? input : textOf(input);
        for (const part of [text, bytes]) {
          const read = await readGraphFile(file(part));
          if (read.document !== null) uiOf(read.document);
          else if (read.issues.length > 0)
            for (const { message } of read.issues)
              expect(message).not.toMatch(/Error:|\n|\bat \S+\.ts/);
          else expect(read.why.key).toMatch(/^storage\.refused\./);
        }
      }),
      { numRuns: 500 },
    );
  });
});

function textOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? "undefined";
  } catch {
    // a BigInt, or a value inside itself
    return Object.prototype.toString.call(value);
  }
}
