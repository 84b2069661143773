import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { registry } from "../../nodes/index.ts";
import { readDocument } from "../../runtime/graph/read.ts";
import { analyse, followed } from "../document/analysis.ts";
import { connect, disconnect } from "../document/edits/connect.ts";
import { setBends, setCollapsed, setPortal } from "../document/edits/marks.ts";
import { move } from "../document/edits/move.ts";
import { addNote } from "../document/edits/notes.ts";
import { remove } from "../document/edits/remove.ts";
import { rename } from "../document/edits/rename.ts";
import { toggleProbe } from "../document/edits/toggle-probe.ts";
import { edit, type History, redo, startHistory, undo } from "../document/history.ts";
import { scopeKeyOf } from "../document/keys.ts";
import { layout } from "../document/layout.ts";
import { readsOf } from "../document/reads.ts";
import { uiOf } from "../document/ui.ts";
import { createFlowMemory } from "./flow-memory.ts";
import { flowOf } from "./flow-model.ts";

const files = ["examples/mixture-2d", "samplers/dps", "samplers/ddnm-plus"];
const documents = files.map((name) => {
  const file = new URL(`../../graphs/${name}.json`, import.meta.url);
  const { document } = readDocument(readFileSync(file, "utf8"));
  if (document === null) throw new Error(`${name} cannot be read`);
  return document;
});

type Change = (history: History, pick: <T>(from: readonly T[]) => T) => History;

const changed = (history: History, recipe: Parameters<typeof edit>[2]): History =>
  edit(history, { label: { key: "k" } }, recipe);

/** Everything that the drawn nodes and wires of a document are told by. */
const things = ({ present }: History) => {
  const reads = readsOf(present).filter(({ inExpression }) => !inExpression);
  const nodes = [...new Set(reads.map(({ target }) => target))].filter((key) =>
    /^graph|^blocks.*graph/.test(key),
  );
  return { reads, nodes };
};

const changes: Readonly<Record<string, Change>> = {
  move: (history, pick) =>
    changed(history, (draft) =>
      move(draft, new Map([[pick(things(history).nodes), [pick([8, 64]), pick([0, 16])]]])),
    ),
  remove: (history, pick) =>
    changed(history, (draft) => remove(draft, [pick(things(history).nodes)])),
  rename: (history, pick) =>
    changed(
      history,
      (draft) => void rename(draft, pick(things(history).nodes), pick(["one", "other"])),
    ),
  cut: (history, pick) =>
    changed(history, (draft) => disconnect(draft, [pick(things(history).reads).key])),
  rewire: (history, pick) => {
    const { reads } = things(history);
    return changed(history, (draft) => connect(draft, pick(reads).key, pick(reads).ref));
  },
  collapse: (history, pick) =>
    changed(history, (draft) =>
      setCollapsed(
        draft,
        scopeKeyOf(pick(things(history).nodes)).replace(/\/(then\/|else\/)?body$/, ""),
        pick([true, false]),
      ),
    ),
  portal: (history, pick) =>
    changed(history, (draft) =>
      setPortal(draft, pick(things(history).reads).key, pick([true, false])),
    ),
  bend: (history, pick) =>
    changed(history, (draft) =>
      setBends(draft, pick(things(history).reads).key, [[pick([1, 2]), 3]]),
    ),
  probe: (history, pick) =>
    changed(history, toggleProbe(pick(["anneal/denoise.x0", "reverse/denoise.x0", "measure.y"]))),
  note: (history, pick) =>
    changed(
      history,
      (draft) =>
        void addNote(draft, {
          at: [0, pick([0, 9])],
          size: [90, 90],
          text: pick(["a", "b"]),
          scope: "graph",
        }),
    ),
  undo,
  redo,
};

test("a flow that remembers the one before is as one made anew, and keeps what has not changed", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...documents),
      fc.array(
        fc.tuple(
          fc.constantFrom(...Object.keys(changes)),
          fc.array(fc.nat(), { minLength: 6, maxLength: 6 }),
        ),
        {
          minLength: 1,
          maxLength: 12,
        },
      ),
      (document, steps) => {
        const memory = createFlowMemory();
        let history = startHistory(document);
        let analysis = analyse(history.present, registry);
        const found = layout(analysis, registry);
        const shownOf = (scope: string) => ({
          document: history.present,
          analysis,
          registry,
          found,
          scope,
        });
        for (const [name, picks] of steps) {
          const { reads, nodes } = things(history);
          if (reads.length === 0 || nodes.length === 0) break;
          const left = [...picks];
          const before = flowOf(shownOf("graph"), memory);
          history =
            changes[name]?.(history, (from) => {
              const thing = from[(left.shift() ?? 0) % from.length];
              if (thing === undefined) throw new Error("a choice among nothing");
              return thing;
            }) ?? history;
          analysis = followed(analysis, history.present, registry);
          const after = flowOf(shownOf("graph"), memory);
          const anew = flowOf(shownOf("graph"));
          expect(after).toEqual(anew);
          const kept = new Set<unknown>([...before.nodes, ...before.edges]);
          const old = new Map([...before.nodes, ...before.edges].map((item) => [item.id, item]));
          for (const item of [...after.nodes, ...after.edges])
            if (!kept.has(item)) expect(item).not.toEqual(old.get(item.id));
        }
      },
    ),
    { numRuns: 60 },
  );
});

test("the body of a zone alone, and then the graph again", () => {
  const [document] = documents;
  if (document === undefined) throw new Error("there is no document");
  const analysis = analyse(startHistory(document).present, registry);
  const found = layout(analysis, registry);
  const memory = createFlowMemory();
  for (const scope of ["graph", "graph/reverse/body", "graph", "graph/nowhere/body"]) {
    const shown = { document, analysis, registry, found, scope };
    const flow = flowOf(shown, memory);
    expect(flow).toEqual(flowOf(shown));
    expect(flow.nodes.length).toBeGreaterThan(0);
  }
});

interface Box {
  readonly position: { readonly x: number; readonly y: number };
  readonly width?: number;
  readonly height?: number;
}

const covers = (a: Box, b: Box): boolean =>
  a.position.x < b.position.x + (b.width ?? 0) &&
  b.position.x < a.position.x + (a.width ?? 0) &&
  a.position.y < b.position.y + (b.height ?? 0) &&
  b.position.y < a.position.y + (a.height ?? 0);

test("what comes without a place lies clear of all that has one", () => {
  const [document] = documents;
  if (document === undefined) throw new Error("there is no document");
  const first = analyse(startHistory(document).present, registry);
  const nodes = { ...layout(first, registry), ...uiOf(document).nodes };
  const strange = { type: "other/thing", v: 1, in: { x: "reverse.x" } };
  const more = startHistory({
    ...document,
    ui: { ...(document.ui as object), nodes },
    graph: { ...document.graph, strange, stranger: strange },
  }).present;
  const analysis = analyse(more, registry);
  const found = layout(analysis, registry);
  expect(Object.keys(found).toSorted()).toEqual(["strange", "stranger"]);
  const { nodes: items } = flowOf({ document: more, analysis, registry, found, scope: "graph" });
  const roots = items.filter(({ parentId }) => parentId === undefined);
  const fresh = roots.filter(({ id }) => id.startsWith("graph/strange"));
  expect(fresh).toHaveLength(2);
  for (const a of fresh)
    for (const b of roots) if (a !== b) expect(covers(a, b), `${a.id} and ${b.id}`).toBe(false);
});
