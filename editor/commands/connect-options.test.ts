import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { registry } from "../../nodes/index.ts";
import { readDocument } from "../../runtime/graph/read.ts";
import { validate } from "../../runtime/graph/validate.ts";
import { analyse } from "../document/analysis.ts";
import { connect } from "../document/edits/connect.ts";
import { readsOf } from "../document/reads.ts";
import { edit, startHistory } from "../document/history.ts";
import { feedsOf, isPlace, sourcesOf, targetsOf } from "./connect-options.ts";

const text = readFileSync(new URL("../../graphs/samplers/dps-mo.json", import.meta.url), "utf8");
const { document } = readDocument(text);
if (document === null) throw new Error("dps-mo does not read");
const known = { analysis: analyse(document, registry), registry };
const body = "graph/anneal/body";

describe(sourcesOf, () => {
  test("a node gives its outputs, a slot itself, a zone what runs inside it too", () => {
    expect(sourcesOf(known, `${body}/denoise`).map(({ label }) => label)).toContain("denoise.x0");
    expect(sourcesOf(known, "inputs/prior").map(({ label }) => label)).toEqual(["@prior"]);
    const zone = sourcesOf(known, "graph/anneal").map(({ label }) => label);
    expect(zone).toContain("anneal.x0");
    expect(zone).toContain("anneal: @level");
  });

  test("nothing gives nothing", () => {
    expect(sourcesOf(known, "graph/nothing")).toEqual([]);
    expect(sourcesOf(known, "outputs/x0")).toEqual([]);
  });
});

describe(targetsOf, () => {
  const [source] = sourcesOf(known, `${body}/denoise`).filter(
    ({ label }) => label === "denoise.x0",
  );
  if (source === undefined) throw new Error("denoise gives no x0");
  const targets = targetsOf(known, source);

  test("those that it may feed stand first, and the others say why not", () => {
    const refused = targets.findIndex(({ ref }) => ref === null);
    expect(targets.slice(refused).every(({ ref, why }) => ref === null && why !== null)).toBe(true);
    expect(targets.slice(0, refused).every(({ ref, why }) => ref !== null && why === null)).toBe(
      true,
    );
    expect(targets.map(({ target }) => target)).toContain(`${body}/euler/in/x`);
  });

  test("the zone's right border is among them", () => {
    expect(targets.find(({ target }) => target === "graph/anneal/states/x/next")?.ref).toBe(
      "denoise.x0",
    );
  });

  test("each that it may feed leaves a graph with no issue of that wire", () => {
    const start = startHistory(document);
    for (const { target, ref } of targets) {
      if (ref === null) continue;
      const { present } = edit(start, { label: { key: "" } }, (draft) =>
        connect(draft, target, ref),
      );
      const faults = validate(present, registry).filter(({ at }) => at.path?.join("/") === target);
      expect(faults, target).toEqual([]);
    }
  });
});

test("what does not fit as it is comes with what would help, and each of these draws the wire", () => {
  const [level] = sourcesOf(known, "graph/anneal").filter(({ key }) => key.includes("/each/"));
  if (level === undefined) throw new Error("the zone has no elements");
  const inside = sourcesOf(known, `${body}/denoise`)[0];
  const offers = [level, ...(inside === undefined ? [] : [inside])]
    .flatMap((source) => targetsOf(known, source))
    .filter(({ cure }) => cure !== null);
  expect(new Set(offers.map(({ cure }) => cure?.name.key)).size).toBeGreaterThan(1);
  for (const { target, cure } of offers) {
    if (cure === null) continue;
    const { present } = edit(startHistory(document), { label: cure.name }, cure.recipe);
    const wired = readsOf(present).find(({ key }) => key === target);
    expect(wired?.from, `${target}: ${cure.name.key}`).not.toBeNull();
  }
});

describe(feedsOf, () => {
  test("an input is offered nodes beside it, slots and rails", () => {
    const place = `${body}/euler/in/x0`;
    expect(isPlace(known, place)).toBe(true);
    const feeds = feedsOf(known, place).filter(({ ref }) => ref !== null);
    expect(feeds.map(({ source }) => source)).toEqual(
      expect.arrayContaining(["sgld.x", "@initial"]),
    );
    expect(feeds.every(({ replaces }) => replaces !== null)).toBe(true);
  });

  test("a node, an output of one and nothing are no place", () => {
    expect(isPlace(known, `${body}/euler`)).toBe(false);
    expect(isPlace(known, `${body}/euler/out/x`)).toBe(false);
    expect(isPlace(known, "graph/nothing/in/x")).toBe(false);
  });
});
