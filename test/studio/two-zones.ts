import type { Document, Node } from "../../runtime/graph/document.ts";
import { readDocument } from "../../runtime/graph/read.ts";

const noise = (stream: string, like: string) => ({
  type: "math/noise",
  v: 1,
  params: { stream },
  in: { like },
});

const expression = (text: string, reads: Readonly<Record<string, string>>) => ({
  type: "math/expression",
  v: 1,
  params: { expression: text },
  in: reads,
});

const file = {
  denoodle: 1,
  name: "Two zones",
  inputs: { x: { kind: "signal" }, scale: { kind: "scalar", default: 2 } },
  graph: {
    before: noise("before", "@x"),
    start: expression("x + n", { x: "@x", n: "before.x" }),
    first: {
      type: "zone/repeat",
      v: 1,
      params: { count: 6 },
      states: { u: { init: "start.x", next: "inner.w", depth: 2 } },
      scans: { s: "size.norm" },
      body: {
        n1: noise("first", "@u"),
        a1: expression("0.9*x + 0.1*n", { x: "@u", n: "n1.x" }),
        size: { type: "math/norm", v: 1, in: { x: "a1.x" } },
        inner: {
          type: "zone/repeat",
          v: 1,
          params: { count: 3 },
          states: { w: { init: "a1.x", next: "a2.x" } },
          body: { a2: expression("0.5*x + 1", { x: "@w" }) },
        },
      },
    },
    between: noise("between", "@x"),
    mixed: expression("u + n", { u: "first.u", n: "between.x" }),
    second: {
      type: "zone/repeat",
      v: 1,
      params: { count: 4 },
      states: { v: { init: "mixed.x", next: "b1.x" } },
      body: { b1: expression("x + 2", { x: "@v" }) },
    },
    end: expression("2*x", { x: "second.v" }),
  },
  outputs: { end: "end.x", first: "first.u" },
  blocks: {},
} as const;

/** A node, or what is inside of it, as a test changes it. */
export interface Draft {
  params: Record<string, unknown>;
  in: Record<string, string>;
  states: Record<string, { init: string; next: string; depth?: number }>;
  scans: Record<string, string>;
  body: Record<string, Draft>;
}

/** Two outermost zones one after another, with noise before each, in one of which is another; nodes as changed. */
export function twoZones(change: (graph: Record<string, Draft>) => void = () => {}): Document {
  const draft = structuredClone(file) as unknown as { graph: Record<string, Draft> };
  change(draft.graph);
  const { document, issues } = readDocument(draft);
  if (document === null) throw new Error(JSON.stringify(issues));
  return document;
}

/** With another node at the end. */
export function withNode(document: Document, id: string, node: Node): Document {
  return { ...document, graph: { ...document.graph, [id]: node } };
}
