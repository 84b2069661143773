import { produce } from "immer";
import { describe, expect, test } from "vitest";
import { registry } from "../../../nodes/index.ts";
import { openSampler } from "../../../test/support/samplers.ts";
import type { Body, Document } from "../../../runtime/graph/document.ts";
import { validate } from "../../../runtime/graph/validate.ts";
import { makeBlock } from "./make-block.ts";
import { moveInto } from "./move-into.ts";
import { removeAndHeal } from "./remove.ts";
import { rename } from "./rename.ts";
import { ungroup } from "./ungroup.ts";
import { unwrap, wrapInZone } from "./wrap.ts";

const bodyOf = (document: Document, zone: string): Body => {
  const node = document.graph[zone];
  if (node === undefined || !("body" in node)) throw new Error(`${zone} is no loop`);
  return node.body;
};

describe("zones", () => {
  test("[E11] a wrapped chain carries what leaves in a state that begins with what entered", () => {
    const after = produce(openSampler("daps"), (draft) => {
      expect(wrapInZone(draft, registry, ["graph/anneal/body/renoise"], "zone/repeat")).toBe(
        "graph/anneal/body/repeat",
      );
    });
    expect(bodyOf(after, "anneal")["repeat"]).toMatchObject({
      states: { x2: { init: "langevin.u", next: "renoise.x" } },
      body: { renoise: { in: { level: "@next", x: "langevin.u" } } },
    });
    expect(after.graph["anneal"]).toMatchObject({ states: { x: { next: "repeat.x2" } } });
    expect(validate(after, registry)).toEqual([]);
  });

  test("[E5] a counter that is taken into another loop still counts the one it did", () => {
    const after = produce(openSampler("daps"), (draft) => {
      moveInto(draft, ["graph/anneal/body/eta"], "graph/anneal/body/langevin/body");
    });
    const langevin = bodyOf(after, "anneal")["langevin"];
    expect(langevin).toMatchObject({ body: { eta: { in: { k: "@anneal.k", N: "@anneal.N" } } } });
    expect(validate(after, registry)).toEqual([]);
  });

  test("[E12] a zone taken apart runs once: init in, next out", () => {
    const after = produce(openSampler("daps"), (draft) => {
      unwrap(draft, "graph/anneal/body/langevin");
    });
    const body = bodyOf(after, "anneal");
    expect(body["gradient"]?.in).toMatchObject({ x: "ode.v" });
    expect(body["renoise"]?.in).toMatchObject({ x: "move.x" });
    expect(validate(after, registry)).toEqual([]);
  });
});

test("[E1] a renamed input is followed into blocks, wires and rails", () => {
  const after = produce(
    openSampler("daps"),
    (draft) => void rename(draft, "inputs/schedule", "levels"),
  );
  expect(after.graph["anneal"]).toMatchObject({ each: { level: "@levels.levels" } });
  expect(validate(after, registry)).toEqual([]);
});

test("[E3] who read a removed node reads what it read", () => {
  const after = produce(openSampler("daps"), (draft) =>
    removeAndHeal(draft, ["graph/anneal/body/renoise"], registry),
  );
  expect(after.graph["anneal"]).toMatchObject({ states: { x: { next: "langevin.u" } } });
  expect(validate(after, registry)).toEqual([]);
});

test("[B1] [B2] a block of a selection, taken apart, is the selection again", () => {
  const document = openSampler("daps");
  const keys = ["graph/anneal/body/langevin", "graph/anneal/body/eta"];
  const grouped = produce(document, (draft) => void makeBlock(draft, registry, keys, "mcmc"));
  expect(validate(grouped, registry)).toEqual([]);
  expect(Object.keys(grouped.blocks["mcmc"]?.outputs ?? {})).toEqual(["u"]);
  const apart = produce(
    grouped,
    (draft) => void ungroup(draft, registry, "graph/anneal/body/mcmc"),
  );
  expect(validate(apart, registry)).toEqual([]);
  const [before, after] = [bodyOf(document, "anneal"), bodyOf(apart, "anneal")];
  expect(Object.keys(after).toSorted()).toEqual(Object.keys(before).toSorted());
  expect(after["eta"]).toMatchObject({ in: before["eta"]?.in });
});
