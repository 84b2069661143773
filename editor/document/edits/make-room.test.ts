import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createStore } from "zustand/vanilla";
import { registry } from "../../../nodes/index.ts";
import { readDocument } from "../../../runtime/graph/read.ts";
import { graphScope, innerScopes, type Scope } from "../../../runtime/graph/scope.ts";
import { createStudio } from "../../app/create-studio.ts";
import { placeUnplaced } from "../../app/place-unplaced.ts";
import type { Studio } from "../../app/studio.ts";
import { restructure } from "../../commands/done.ts";
import type { RunStore } from "../../run/run-store.ts";
import { type Key, scopeAt, uiNameOf } from "../keys.ts";
import { roomsIn } from "../room.ts";
import { type Point, uiOf } from "../ui.ts";
import type { Box } from "../view/zone-box.ts";
import { addNode } from "./add-node.ts";
import { setCollapsed } from "./marks.ts";
import { makeBlock } from "./make-block.ts";
import { move } from "./move.ts";
import type { DocumentDraft } from "./draft.ts";
import { addState } from "./rails.ts";
import { remove } from "./remove.ts";
import { toggleProbe } from "./toggle-probe.ts";
import { addSlot } from "./slots.ts";
import { ungroup } from "./ungroup.ts";
import { unwrap, wrapInZone } from "./wrap.ts";

const noRun = createStore(() => ({})) as unknown as RunStore;

function studioOf(name: string): Studio {
  const file = new URL(`../../../graphs/samplers/${name}.json`, import.meta.url);
  const { document } = readDocument(readFileSync(file, "utf8"));
  if (document === null) throw new Error(`${name} does not read`);
  const studio = createStudio({ registry, document, name, createRun: () => noRun });
  placeUnplaced(studio);
  return studio;
}

const placeIn = ({ editor }: Studio, key: Key) => {
  const { found, history } = editor.getState();
  return uiOf(history.present).nodes[uiNameOf(key)] ?? found[uiNameOf(key)] ?? null;
};

const roomsOf = (studio: Studio, scope: Scope) => {
  const placeOf = (key: Key) => placeIn(studio, key);
  return roomsIn({ analysis: studio.analysis.getState(), registry, placeOf }, scope);
};

const bodiesOf = (scope: Scope): readonly Scope[] => [
  scope,
  ...Object.entries(scope.body).flatMap(([id, node]) =>
    innerScopes(scope, id, node).flatMap(bodiesOf),
  ),
];

/** Pairs of things of one body that cover each other. */
const covered = (studio: Studio): readonly string[] =>
  bodiesOf(graphScope(studio.editor.getState().history.present)).flatMap((scope) => {
    const rooms = [...roomsOf(studio, scope)];
    return rooms.flatMap(([a, one], i) =>
      rooms.slice(i + 1).flatMap(([b, other]) => (meet(one, other) ? [`${a} ${b}`] : [])),
    );
  });

const meet = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

const edit = (studio: Studio, recipe: Parameters<typeof studio.editor.actions.edit>[1]) =>
  studio.editor.actions.edit({ label: { key: "edits.add" } }, recipe);

const rootOf = (studio: Studio) =>
  roomsOf(studio, graphScope(studio.editor.getState().history.present));

describe("neighbours make room", () => {
  const body = "graph/anneal/body";

  test("for a zone that grows, in the entry of the edit that made it grow", () => {
    const studio = studioOf("dps-mo");
    const before = studio.editor.getState().history.present;
    const zone = rootOf(studio).get("graph/anneal");
    edit(studio, (draft) => {
      addNode(draft, registry, {
        body,
        node: { kind: "node", type: "math/scale" },
        at: [(zone?.width ?? 0) + 100, (zone?.height ?? 0) + 50],
      });
    });
    expect(rootOf(studio).get("graph/anneal")?.width).toBeGreaterThan(zone?.width ?? 0);
    expect(covered(studio)).toEqual([]);
    expect(studio.editor.getState().history.past).toHaveLength(1);
    studio.editor.actions.undo();
    expect(studio.editor.getState().history.present).toEqual(before);
  });

  test("and come back when it is as it was", () => {
    const studio = studioOf("dps-mo");
    const before = rootOf(studio);
    let added = "";
    edit(studio, (draft) => {
      const node = { kind: "node", type: "math/scale" } as const;
      const { width = 0 } = before.get("graph/anneal") ?? {};
      added = addNode(draft, registry, { body, node, at: [width + 100, 0] });
    });
    expect(rootOf(studio)).not.toEqual(before);
    edit(studio, (draft) => remove(draft, [added]));
    expect(rootOf(studio)).toEqual(before);
  });

  test("for a closed zone that is opened, after it was closed", () => {
    const studio = studioOf("daps");
    const before = rootOf(studio);
    edit(studio, (draft) => setCollapsed(draft, "graph/anneal", true));
    expect(covered(studio)).toEqual([]);
    edit(studio, (draft) => setCollapsed(draft, "graph/anneal", false));
    expect(covered(studio)).toEqual([]);
    expect(rootOf(studio).get("graph/anneal")).toEqual(before.get("graph/anneal"));
  });

  test("for a picture under a card", () => {
    const studio = studioOf("dps-mo");
    for (const wire of ["anneal/denoise.x0", "anneal/euler.x", "measure.y", "zero.x"]) {
      edit(studio, toggleProbe(wire));
      expect(covered(studio)).toEqual([]);
    }
  });

  test("for a wrap", () => {
    const studio = studioOf("dps-mo");
    edit(studio, (draft) => void wrapInZone(draft, registry, [`${body}/euler`], "zone/repeat"));
    expect(covered(studio)).toEqual([]);
  });

  test.each(["zone", "block"])("for a %s of nodes that are no neighbours", (kind) => {
    const studio = studioOf("dps-mo");
    const keys = ["denoise", "euler"].map((id) => `${body}/${id}`);
    restructure(studio, { key: "edits.add", of: keys }, (draft) => {
      if (kind === "zone") wrapInZone(draft, registry, keys, "zone/repeat");
      else makeBlock(draft, registry, keys, "part");
    });
    expect(covered(studio)).toEqual([]);
  });

  test("nobody moves for what fits", () => {
    const studio = studioOf("dps-mo");
    edit(
      studio,
      (draft) => void addState(draft, "graph/anneal", { side: "outside", ref: "zero.x" }),
    );
    const { nodes } = uiOf(studio.editor.getState().history.present);
    expect(nodes).toEqual({});
  });
});

describe("what layout alone has placed keeps its place", () => {
  const studioWith = (recipe: (draft: DocumentDraft, keys: readonly Key[]) => void) => {
    const studio = studioOf("dps-mo");
    const keys = ["denoise", "euler"].map((id) => `graph/anneal/body/${id}`);
    const before = keys.map((key) => placeIn(studio, key) ?? fail(key));
    restructure(studio, { key: "edits.add", of: keys }, (draft) => recipe(draft, keys));
    return { studio, keys, before };
  };
  const fail = (key: Key): never => {
    throw new Error(`${key} has no place`);
  };
  const wayBetween = ([from, to]: readonly Point[]) =>
    from === undefined || to === undefined ? null : [to[0] - from[0], to[1] - from[1]];

  test("beside what goes into a zone with it", () => {
    let zone: Key | null = null;
    const { studio, before } = studioWith((draft, keys) => {
      zone = wrapInZone(draft, registry, keys, "zone/repeat");
    });
    const inside = ["denoise", "euler"].map((id) => `${zone}/body/${id}`);
    const after = inside.map((key) => placeIn(studio, key) ?? fail(key));
    expect(wayBetween(after)).toEqual(wayBetween(before));
  });

  test("when a block is made of it and taken apart again", () => {
    let use: Key = "";
    const { studio, keys, before } = studioWith((draft, all) => {
      use = makeBlock(draft, registry, all, "part")?.use ?? "";
    });
    restructure(studio, { key: "edits.add", of: [use], moved: [use, "blocks/part"] }, (draft) =>
      ungroup(draft, registry, use),
    );
    const after = keys.map((key) => placeIn(studio, key) ?? fail(key));
    expect(wayBetween(after)).toEqual(wayBetween(before));
    expect(covered(studio)).toEqual([]);
  });
});

test("a node that is added on others goes to the nearest free place", () => {
  const studio = studioOf("dps-mo");
  for (let i = 0; i < 5; i += 1)
    edit(studio, (draft) => {
      const node = { kind: "node", type: "math/scale" } as const;
      addNode(draft, registry, { body: "graph", node, at: [300, 40] });
    });
  expect(covered(studio)).toEqual([]);
});

describe("a node that is added with a wire goes to a free place", () => {
  const body = "graph/anneal/body";
  const node = { kind: "node", type: "math/scale" } as const;
  const roomIn = (studio: Studio, key: Key): Box => {
    const scope = scopeAt(studio.editor.getState().history.present, body);
    const room = scope === null ? undefined : roomsOf(studio, scope).get(key);
    if (room === undefined) throw new Error(`${key} has no place`);
    return room;
  };

  test.each(["denoise", "euler", "sgld"])("after %s, which it reads", (id) => {
    const studio = studioOf("dps-mo");
    const { x, y, width } = roomIn(studio, `${body}/${id}`);
    let [placed, left] = ["", ""];
    edit(studio, (draft) => {
      const ref = id === "denoise" ? "denoise.x0" : `${id}.x`;
      placed = addNode(draft, registry, { body, node, at: [x + width + 8, y], in: { x: ref } });
    });
    edit(studio, (draft) => {
      const ref = id === "denoise" ? "denoise.x0" : `${id}.x`;
      left = addNode(draft, registry, { body, node, in: { x: ref } });
    });
    const source = roomIn(studio, `${body}/${id}`);
    for (const key of [placed, left])
      expect(roomIn(studio, key).x).toBeGreaterThanOrEqual(source.x + source.width);
    expect(covered(studio)).toEqual([]);
  });
});

test("an input that is added on a zone goes beside it", () => {
  const studio = studioOf("dps-mo");
  const { x = 0, y = 0 } = rootOf(studio).get("graph/anneal") ?? {};
  edit(studio, (draft) => {
    addSlot(draft, { block: null, kind: "scalar", at: [x + 40, y + 40] });
  });
  expect(covered(studio)).toEqual([]);
});

test("whatever is added, moved within, opened, taken into a zone or a block or out of one, watched or removed, nothing that was free is covered", () => {
  const name = fc.constantFrom("dps-mo", "daps", "ddnm", "reddiff");
  const step = fc.tuple(fc.nat(8), fc.nat(), fc.integer({ min: -400, max: 1800 }), fc.nat(900));
  fc.assert(
    fc.property(name, fc.array(step, { maxLength: 8 }), (of, steps) => {
      const studio = studioOf(of);
      expect(covered(studio)).toEqual([]);
      for (const [kind, pick, x, y] of steps) {
        act(studio, kind, pick, [x, y]);
        expect(covered(studio), `${kind} ${pick} ${x} ${y}`).toEqual([]);
      }
    }),
    { numRuns: 40 },
  );
});

/** A free place of a body, which may lie outside of the zone around it as it is now. */
function underAll(studio: Studio, scope: Scope, key: Key, x: number): [number, number] {
  const rooms = roomsOf(studio, scope);
  const bottom = Math.max(...[...rooms.values()].map(({ y, height }) => y + height));
  // what lies in a zone may reach above the place where the zone stands
  const above = (placeIn(studio, key)?.[1] ?? 0) - (rooms.get(key)?.y ?? 0);
  return [x, bottom + 30 + above];
}

function act(studio: Studio, kind: number, pick: number, at: readonly [number, number]): void {
  const scopes = bodiesOf(graphScope(studio.editor.getState().history.present));
  const scope = scopes[pick % scopes.length];
  const ids = Object.keys(scope?.body ?? {});
  const id = ids[pick % ids.length];
  if (scope === undefined || id === undefined) return;
  const body = scope.path.join("/");
  const key = `${body}/${id}`;
  const other = `${body}/${ids[(pick >> 4) % ids.length] ?? id}`;
  restructure(studio, { key: "edits.add", of: kind > 4 ? [key, other] : [] }, (draft) => {
    if (kind === 7) unwrap(draft, key);
    if (kind === 8) ungroup(draft, registry, key);
    if (kind === 0)
      addNode(draft, registry, {
        body,
        node: { kind: "node", type: "prior/denoise" },
        at: [...at],
      });
    if (kind === 1) setCollapsed(draft, key, (pick & 1) === 1);
    if (kind === 2) toggleProbe(`${uiNameOf(key)}.x`)(draft);
    if (kind === 3) remove(draft, [key]);
    if (kind === 5) wrapInZone(draft, registry, [key, other], "zone/repeat");
    if (kind === 6) makeBlock(draft, registry, [key, other], "part");
    if (kind === 4) move(draft, new Map([[key, underAll(studio, scope, key, at[0])]]));
  });
}
