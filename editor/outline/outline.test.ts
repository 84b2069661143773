import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { registry } from "../../nodes/index.ts";
import type { Document } from "../../runtime/graph/document.ts";
import { readDocument } from "../../runtime/graph/read.ts";
import { analyse } from "../document/analysis.ts";
import { readsOf } from "../document/reads.ts";
import { edit, startHistory } from "../document/history.ts";
import { thingsOf } from "../commands/things.ts";
import { matchingRows, parseQuery } from "./filter.ts";
import { type OutlineItem, selectedBy } from "./item.ts";
import { openingsFor, visibleRows } from "./rows.ts";
import { stateKeys } from "./state-keys.ts";
import { outlineOf } from "./tree.ts";
import { move, typedAhead } from "./tree-moves.ts";

const folder = new URL("../../graphs/samplers/", import.meta.url);
const open = (name: string): Document => {
  const { document } = readDocument(readFileSync(new URL(name, folder), "utf8"));
  if (document === null) throw new Error(`${name} does not read`);
  return document;
};
const treeOf = (document: Document) =>
  outlineOf({ analysis: analyse(document, registry), registry });
const all = (items: readonly OutlineItem[]): readonly OutlineItem[] =>
  items.flatMap((item) => [item, ...all(item.children?.() ?? [])]);

const names = readdirSync(folder);
const dps = open("dps-mo.json");
const items = treeOf(dps);
const none = new Set<string>();

describe(outlineOf, () => {
  test.each(names)("holds every node, slot, output and wire of %s once", (name) => {
    const document = open(name);
    const keys = all(treeOf(document)).map(({ key }) => key);
    expect(keys).toEqual([...new Set(keys)]);
    for (const { key } of thingsOf(document)) expect(keys).toContain(key);
    for (const { key, inExpression } of readsOf(document))
      if (!inExpression) expect(keys).toContain(key);
  });

  test("puts a node after those it reads", () => {
    const zone = all(items).find(({ key }) => key === "graph/anneal");
    const inside = zone?.children?.().map(({ name }) => name) ?? [];
    expect(inside.indexOf("denoise")).toBeLessThan(inside.indexOf("euler"));
  });

  test("an input with a wire selects the wire, any other port its node", () => {
    const find = (key: string) => all(items).find((item) => item.key === key);
    const wired = find("graph/anneal/body/euler/in/x0");
    const source = find("graph/anneal/body/denoise/out/x0");
    expect(wired && selectedBy(wired)).toBe("graph/anneal/body/euler/in/x0");
    expect(source && selectedBy(source)).toBe("graph/anneal/body/denoise");
  });
});

describe(visibleRows, () => {
  test("shows the headings and what they hold, until they are closed", () => {
    const open = visibleRows(items, none);
    const closed = visibleRows(items, new Set(["graph"]));
    expect(open.map(({ item }) => item.key)).toContain("graph/anneal");
    expect(closed.map(({ item }) => item.key)).not.toContain("graph/anneal");
  });

  test("counts the places of siblings", () => {
    const slots = visibleRows(items, none).filter(({ parent }) => parent === "inputs");
    expect(slots.map(({ position }) => position)).toEqual(slots.map((_, i) => i + 1));
    expect(slots.every(({ siblings }) => siblings === slots.length)).toBe(true);
  });

  test.each(["graph/anneal/body/euler/in/x0", "graph/anneal/states/x/next", "blocks/sgld/graph"])(
    "%s is visible after its openings",
    (key) => {
      const opened = openingsFor(items, key, none);
      expect(visibleRows(items, opened).map(({ item }) => item.key)).toContain(key);
    },
  );
});

describe(move, () => {
  const rows = visibleRows(items, none);
  const at = (key: string, pressed: string) => move(rows, key, pressed);

  test("goes up and down, to the ends, and no further", () => {
    const first = rows[0]?.item.key ?? "";
    const last = rows.at(-1)?.item.key ?? "";
    expect(at(first, "End")).toEqual({ kind: "go", key: last });
    expect(at(last, "Home")).toEqual({ kind: "go", key: first });
    expect(at(first, "ArrowUp")).toBeNull();
    expect(at(last, "ArrowDown")).toBeNull();
  });

  test("opens to the right and closes to the left; then goes in and out", () => {
    expect(at("graph/anneal", "ArrowRight")).toEqual({ kind: "toggle", key: "graph/anneal" });
    expect(at("graph/anneal", "ArrowLeft")).toEqual({ kind: "go", key: "graph" });
    expect(at("graph", "ArrowLeft")).toEqual({ kind: "toggle", key: "graph" });
    expect(at("graph", "ArrowRight")?.kind).toBe("go");
  });

  test("letters go to the next name that begins so, the same letter again to the one after", () => {
    expect(typedAhead(rows, "inputs", "me")).toBe("inputs/measurement");
    expect(typedAhead(rows, "inputs/measurement", "mm")).toBe("inputs/measurementNoiseStd");
    expect(typedAhead(rows, "inputs", "qq")).toBeNull();
  });
});

describe(matchingRows, () => {
  const found = (text: string, document = dps, saved = dps) =>
    matchingRows(treeOf(document), parseQuery(text), stateKeys(analyse(document, registry), saved))
      .map(({ item }) => item)
      .filter(({ kind }) => !["section", "branch"].includes(kind))
      .map(({ key }) => key);

  test("finds by name and type, and keeps what is around", () => {
    expect(found("euler")).toEqual(
      expect.arrayContaining(["graph/anneal", "graph/anneal/body/euler"]),
    );
    expect(found("type:prior/denoise")).toContain("graph/anneal/body/denoise");
    expect(found("type:schedule")).toContain("inputs/schedule");
    expect(found("nothing-is-called-so")).toEqual([]);
    expect(found("is:nonsense")).toEqual([]);
  });

  test("finds what has faults and what was changed", () => {
    const { present } = edit(startHistory(dps), { label: { key: "" } }, (draft) => {
      const zero = draft.graph["zero"];
      if (zero !== undefined) zero.in = { space: "nowhere.x" };
    });
    expect(found("is:error")).toEqual([]);
    expect(found("is:error", present)).toContain("graph/zero");
    expect(found("is:changed", present)).toContain("graph/zero");
    expect(found("is:changed", present)).not.toContain("graph/start");
  });
});
