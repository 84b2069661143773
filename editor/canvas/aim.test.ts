import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { registry } from "../../nodes/index.ts";
import { readDocument } from "../../runtime/graph/read.ts";
import { analyse } from "../document/analysis.ts";
import { legalTargets } from "../document/connect.ts";
import { addNode } from "../document/edits/add-node.ts";
import { edit, startHistory } from "../document/history.ts";
import type { Key } from "../document/keys.ts";
import { legalSources } from "../document/legal-sources.ts";
import { nodeView } from "../document/node-view.ts";
import { originAt } from "../document/origin-at.ts";
import { nodeAt } from "../document/places.ts";
import { graphScope } from "../../runtime/graph/scope.ts";
import { portFor } from "./aim.ts";
import { still } from "./gesture.ts";

const body = "graph/anneal/body";
const file = new URL("../../graphs/samplers/dps-mo.json", import.meta.url);
const { document } = readDocument(readFileSync(file, "utf8"));
if (document === null) throw new Error("dps-mo does not read");
const { present } = edit(startHistory(document), { label: { key: "edits.add" } }, (draft) => {
  for (const type of ["sampler/euler", "prior/denoise"])
    addNode(draft, registry, { body, node: { kind: "node", type }, at: [0, 0] });
});
const analysis = analyse(present, registry);

/** The port of a card that a wire from a handle takes. */
function taken(from: Key, card: Key): string | undefined {
  const place = nodeAt(present, card);
  const view = place === null ? null : nodeView(place.scope, place.id, analysis, registry);
  const origin = originAt(analysis, registry, from);
  const fits =
    origin === null
      ? new Map(legalSources(analysis, registry, from))
      : new Map(legalTargets(analysis, registry, origin, graphScope(present)));
  return view === null ? undefined : portFor(view, { ...still, from, fits })?.name;
}

describe("a wire that is dropped on a card", () => {
  test("takes the port of its own name before another that it fits", () => {
    expect(taken("graph/anneal/each/level/current", `${body}/euler2`)).toBe("level");
    expect(taken("graph/anneal/each/next/current", `${body}/euler2`)).toBe("next");
    expect(taken(`${body}/denoise/out/x0`, `${body}/euler2`)).toBe("x0");
  });

  test("takes what it fits where nothing is called as it is", () => {
    expect(taken("inputs/prior/out", `${body}/denoise2`)).toBe("prior");
    expect(taken(`${body}/euler/out/x`, `${body}/denoise2`)).toBe("x");
  });

  test("is found backwards too", () => {
    expect(taken(`${body}/euler2/in/x0`, `${body}/denoise`)).toBe("x0");
  });
});
