import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { registry } from "../../../nodes/index.ts";
import { openSampler } from "../../../test/support/samplers.ts";
import { formatIssue } from "../../../runtime/base/issue.ts";
import type { Document } from "../../../runtime/graph/document.ts";
import { zoneTypes } from "../../../runtime/graph/document.ts";
import { readDocument } from "../../../runtime/graph/read.ts";
import { innerScopes, type Scope } from "../../../runtime/graph/scope.ts";
import { writeDocument } from "../../../runtime/graph/write.ts";
import { analyse } from "../analysis.ts";
import type { History, Recipe } from "../history.ts";
import { edit, redo, startHistory, undo } from "../history.ts";
import { keyOf, scopeKeyOf, type Key } from "../keys.ts";
import { readsOf, rootScopes } from "../reads.ts";
import { uiOf } from "../ui.ts";
import { addNode } from "./add-node.ts";
import { bypass, unbypass } from "./bypass.ts";
import { disconnect } from "./connect.ts";
import { insertOnWire } from "./insert-on-wire.ts";
import { makeBlock } from "./make-block.ts";
import { setBends, setCollapsed, setPortal } from "./marks.ts";
import { moveInto } from "./move-into.ts";
import { move } from "./move.ts";
import { addNote } from "./notes.ts";
import { duplicate } from "./paste.ts";
import { addScan, addState, setDepth } from "./rails.ts";
import { remove, removeAndHeal } from "./remove.ts";
import { rename, whyNotRename } from "./rename.ts";
import { replaceNode } from "./replace-node.ts";
import { addOutput, addSlot } from "./slots.ts";
import { ungroup } from "./ungroup.ts";
import { unwrap, wrapInZone } from "./wrap.ts";

const bodiesOf = (document: Document): readonly Scope[] => {
  const inside = (scope: Scope): readonly Scope[] => [
    scope,
    ...Object.entries(scope.body).flatMap(([id, node]) =>
      innerScopes(scope, id, node).flatMap(inside),
    ),
  ];
  return rootScopes(document).flatMap(inside);
};

const nodesOf = (document: Document): readonly Key[] =>
  bodiesOf(document).flatMap(({ path, body }) =>
    Object.keys(body).map((id) => keyOf([...path, id])),
  );

const railsOf = (document: Document): readonly Key[] =>
  readsOf(document)
    .map(({ key }) => /^(.*\/states\/[^/]+)\/init$/.exec(key)?.[1])
    .filter((key) => key !== undefined);

/** Numbers from 0 to 1 that choose among what a document has. */
type Picks = readonly number[];
const pick = <T>(list: readonly T[], at: number): T | undefined =>
  list[Math.floor(at * list.length)];

const steps: Readonly<Record<string, (document: Document, picks: Picks) => Recipe>> = {
  add: (document, [a = 0, b = 0]) => {
    const body = keyOf(pick(bodiesOf(document), a)?.path ?? ["graph"]);
    const type = pick([...registry.types], b) ?? "math/add";
    return (draft) =>
      void addNode(draft, registry, { body, node: { kind: "node", type }, at: [8, 16] });
  },
  addZone: (document, [a = 0, b = 0]) => {
    const body = keyOf(pick(bodiesOf(document), a)?.path ?? ["graph"]);
    const type = pick(zoneTypes, b) ?? "zone/repeat";
    return (draft) => void addNode(draft, registry, { body, node: { kind: "zone", type } });
  },
  remove: (document, [a = 0, b = 0]) => {
    const keys = [pick(nodesOf(document), a), pick(nodesOf(document), b)].filter(
      (key) => key !== undefined,
    );
    return (draft) => remove(draft, keys);
  },
  heal: (document, [a = 0]) => {
    const key = pick(nodesOf(document), a) ?? "";
    return (draft) => removeAndHeal(draft, [key], registry);
  },
  removeWire: (document, [a = 0]) => {
    const key =
      pick(
        readsOf(document).filter(({ inExpression }) => !inExpression),
        a,
      )?.key ?? "graph";
    return (draft) => disconnect(draft, [key]);
  },
  removeInterface: (document, [a = 0]) => {
    const keys = [
      ...Object.keys(document.inputs).map((name) => `inputs/${name}`),
      ...Object.keys(document.outputs).map((name) => `outputs/${name}`),
      ...Object.entries(document.blocks).flatMap(([name, { inputs, outputs }]) => [
        ...Object.keys(inputs).map((slot) => `blocks/${name}/inputs/${slot}`),
        ...Object.keys(outputs).map((slot) => `blocks/${name}/outputs/${slot}`),
      ]),
    ];
    return (draft) => remove(draft, [pick(keys, a) ?? ""]);
  },
  removeRail:
    (document, [a = 0]) =>
    (draft) =>
      remove(draft, [pick(railsOf(document), a) ?? ""]),
  rename: (document, [a = 0, b = 0]) => {
    const key =
      pick(
        [
          ...nodesOf(document),
          ...railsOf(document),
          ...Object.keys(document.inputs).map((n) => `inputs/${n}`),
          ...Object.keys(document.blocks).map((n) => `blocks/${n}`),
        ],
        a,
      ) ?? "";
    const name = pick(["x", "denoise", "anneal", "level", "new", "inner"], b) ?? "x";
    return (draft) => {
      if (key !== "" && whyNotRename(document, key, name) === null) rename(draft, key, name);
    };
  },
  moveInto: (document, [a = 0, b = 0, c = 0]) => {
    const keys = [pick(nodesOf(document), a), pick(nodesOf(document), b)].filter(
      (key) => key !== undefined,
    );
    const body = keyOf(pick(bodiesOf(document), c)?.path ?? ["graph"]);
    const apart = keys.filter(
      (key) => !keys.some((other) => other !== key && key.startsWith(`${other}/`)),
    );
    return (draft) => void moveInto(draft, [...new Set(apart)], body);
  },
  wrap: (document, [a = 0, b = 0, c = 0]) => {
    const first = pick(nodesOf(document), a) ?? "";
    const others = nodesOf(document).filter((key) => scopeKeyOf(key) === scopeKeyOf(first));
    const keys = [...new Set([first, pick(others, b) ?? first])];
    return (draft) => void wrapInZone(draft, registry, keys, pick(zoneTypes, c) ?? "zone/repeat");
  },
  unwrap:
    (document, [a = 0]) =>
    (draft) =>
      void unwrap(draft, pick(nodesOf(document), a) ?? ""),
  block: (document, [a = 0, b = 0]) => {
    const first = pick(nodesOf(document), a) ?? "";
    const others = nodesOf(document).filter((key) => scopeKeyOf(key) === scopeKeyOf(first));
    return (draft) =>
      void makeBlock(draft, registry, [...new Set([first, pick(others, b) ?? first])], "part");
  },
  ungroup: (document, [a = 0]) => {
    const uses = nodesOf(document).filter((key) => /(sgld|part|guidance|Step)\d*$/.test(key));
    return (draft) => void ungroup(draft, registry, pick(uses, a) ?? "");
  },
  duplicate: (document, [a = 0, b = 0]) => {
    const keys = [pick(nodesOf(document), a), pick(nodesOf(document), b)].filter(
      (key) => key !== undefined,
    );
    return (draft) => void duplicate(draft, registry, keys, [40, 40]);
  },
  replace: (document, [a = 0, b = 0]) => {
    const type = pick([...registry.types], b) ?? "math/add";
    return (draft) =>
      replaceNode(draft, registry, pick(nodesOf(document), a) ?? "", { kind: "node", type });
  },
  insert: (document, [a = 0, b = 0]) => {
    const wire =
      pick(
        readsOf(document).filter(({ inExpression }) => !inExpression),
        b,
      )?.key ?? "";
    return (draft) => void insertOnWire(draft, registry, pick(nodesOf(document), a) ?? "", wire);
  },
  bypass:
    (document, [a = 0]) =>
    (draft) =>
      bypass(draft, registry, pick(nodesOf(document), a) ?? ""),
  state: (document, [a = 0, b = 0]) => {
    const wire = pick(readsOf(document), b);
    return (draft) =>
      void addState(draft, pick(nodesOf(document), a) ?? "", {
        side: "outside",
        ref: "",
        name: wire?.ref.split(".")[0] ?? "s",
      });
  },
  scan:
    (document, [a = 0]) =>
    (draft) =>
      void addScan(draft, pick(nodesOf(document), a) ?? "", "", "seen"),
  depth: (document, [a = 0, b = 0]) => {
    const rail = pick(railsOf(document), a);
    return (draft) =>
      rail === undefined ? undefined : setDepth(draft, rail, pick([1, 2, 3] as const, b) ?? 1);
  },
  slot:
    (_, [a = 0]) =>
    (draft) =>
      void addSlot(draft, {
        block: null,
        kind: "scalar",
        name: pick(["x", "k", "anneal"], a) ?? "x",
      }),
  output: () => (draft) => void addOutput(draft, { block: null, ref: "@prior", at: [1, 2] }),
  move:
    (document, [a = 0, b = 0]) =>
    (draft) =>
      move(draft, new Map([[pick(nodesOf(document), a) ?? "graph/x", [b * 900, 3]]])),
  mark: (document, [a = 0, b = 0]) => {
    const wire = pick(readsOf(document), a)?.key ?? "graph/x/in/x";
    return (draft) => {
      setBends(draft, wire, [[1, 2]]);
      setPortal(draft, wire, b > 0.5);
      setCollapsed(draft, pick(nodesOf(document), b) ?? "", a > 0.5);
      addNote(draft, {
        at: [0, 0],
        size: [100, 50],
        text: "$x$",
        scope: scopeKeyOf(pick(nodesOf(document), a) ?? "graph/x"),
      });
    };
  },
};

/** What no edit may bring about; wires that are missing and ports that do not fit are the user's. */
const broken = new Set([
  "ref.unknown-node",
  "ref.unknown-name",
  "ref.unknown-rail",
  "ref.unknown-port",
  "ref.border",
  "ref.depth",
  "ref.malformed",
  "name.malformed",
  "name.reserved",
  "name.shadowed",
  "block.unknown",
  "block.recursive",
  "port.unknown",
  "zone.branches",
  "expression.unknown-name",
  "expression.invalid",
]);
const faultsOf = (document: Document): readonly string[] =>
  analyse(document, registry)
    .issues.filter(({ code }) => broken.has(code))
    .map(formatIssue);

const script = fc.array(
  fc.record({
    name: fc.constantFrom(...Object.keys(steps)),
    picks: fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 3, maxLength: 3 }),
  }),
  { minLength: 1, maxLength: 8 },
);

function play(document: Document, actions: readonly { name: string; picks: Picks }[]): History {
  let history = startHistory(document);
  const done: string[] = [];
  for (const { name, picks } of actions) {
    const before = history.present;
    const recipe = steps[name]?.(before, picks);
    done.push(`${name} ${picks.map((p) => p.toFixed(3)).join(" ")}`);
    if (recipe !== undefined) history = edit(history, { label: { key: name } }, recipe);
    const read = readDocument(writeDocument(history.present));
    expect(read.issues.map(formatIssue), done.join("; ")).toEqual([]);
    expect(faultsOf(history.present), done.join("; ")).toEqual([]);
  }
  return history;
}

describe("scripts of edits", () => {
  test.each(["dps-mo", "daps", "projdiff-music", "c-pigdm-noisy", "ddrm"])(
    "[E0] %s: stays readable, nothing dangles, undo and redo lead back",
    (name) => {
      const document = openSampler(name);
      fc.assert(
        fc.property(script, (actions) => {
          const end = play(document, actions);
          let at = end;
          while (at.past.length > 0) at = undo(at);
          expect(writeDocument(at.present)).toBe(writeDocument(document));
          while (at.future.length > 0) at = redo(at);
          expect(writeDocument(at.present)).toBe(writeDocument(end.present));
        }),
        { numRuns: 30 },
      );
    },
  );
});

test("[E10] what is passed by comes back as it was", () => {
  const before = startHistory(openSampler("dps-mo"));
  const node = "graph/anneal/body/renoise";
  const away = edit(before, { label: { key: "bypass" } }, (draft) => bypass(draft, registry, node));
  expect(Object.keys(uiOf(away.present).bypassed)).toEqual(["anneal/renoise"]);
  expect(readsOf(away.present).filter(({ ref }) => ref.startsWith("renoise."))).toEqual([]);
  const back = edit(away, { label: { key: "unbypass" } }, (draft) => unbypass(draft, node));
  expect(writeDocument({ ...back.present, ui: undefined })).toBe(
    writeDocument({ ...before.present, ui: undefined }),
  );
});
