import { describe, expect, test } from "vitest";
import { produce } from "immer";
import { registry } from "../../nodes/index.ts";
import type { Document } from "../../runtime/graph/document.ts";
import { innerScopes, type Scope } from "../../runtime/graph/scope.ts";
import { analyse } from "./analysis.ts";
import { judge, legalTargets, originKey, whyNotConnect, type Origin } from "./connect.ts";
import { connect } from "./edits/connect.ts";
import { nodeView } from "./node-view.ts";
import { openSampler, samplerNames } from "../../test/support/samplers.ts";
import { rootScopes } from "./reads.ts";
import { legalSources } from "./legal-sources.ts";
import { sinkAt, sinksIn } from "./sinks.ts";
import { sourceKeyOf } from "./wires.ts";
import { isResolved, resolveRef } from "../../runtime/graph/resolve.ts";
import { scopeAt } from "./keys.ts";

/** Every source of a document: outputs, rails, inputs. */
function originsOf(document: Document): readonly Origin[] {
  const analysis = analyse(document, registry);
  const inside = (scope: Scope): readonly Origin[] => [
    ...(scope.kind === "root"
      ? Object.keys(scope.inputs).map((name) => ({ scope, ref: `@${name}` }))
      : []),
    ...Object.entries(scope.body).flatMap(([id, node]) => {
      const view = nodeView(scope, id, analysis, registry);
      const bodies = innerScopes(scope, id, node);
      return [
        ...(view?.outputs ?? []).map(({ ref }) => ({ scope, ref: ref ?? "" })),
        ...bodies.flatMap((body) =>
          (view?.rails ?? []).flatMap(({ current }) =>
            current.map(({ ref }) => ({ scope: body, ref: ref ?? "" })),
          ),
        ),
        ...bodies.flatMap(inside),
      ];
    }),
  ];
  return rootScopes(document).flatMap(inside);
}

/** Codes of issues that connecting raises where it connects, or of a circle anywhere. */
function raised(before: Document, key: string, ref: string): readonly string[] {
  const codes = (document: Document): readonly string[] =>
    analyse(document, registry)
      .issues.filter(({ at, code }) => {
        const path = (at.path ?? []).join("/");
        const rail = /^(.*)\/states\/([^/]+)\/init$/.exec(key);
        const other = /^(.*)\/(then|else)\/outputs\/([^/]+)$/.exec(key);
        return (
          path === key ||
          code === "graph.cycle" ||
          (rail !== null && path === `${rail[1]}/states/${rail[2]}/next`) ||
          (other !== null && path === `${other[1]}/else/outputs/${other[3]}`)
        );
      })
      .map(({ code }) => code);
  const after = produce(before, (draft) => connect(draft, key, ref));
  return codes(after);
}

function namesAnother(document: Document, { scope, ref }: Origin, key: string): boolean {
  const sink = sinkAt(analyse(document, registry), registry, key);
  const [there, here] = [resolveRef(sink?.scope ?? scope, ref), resolveRef(scope, ref)];
  if (!isResolved(there) || !isResolved(here)) return false;
  return sourceKeyOf(there.source) !== sourceKeyOf(here.source);
}

describe(whyNotConnect.name, () => {
  test.each(samplerNames)(
    "[C1] %s: says what validate would say of the connected document",
    (name) => {
      const document = openSampler(name);
      const analysis = analyse(document, registry);
      const origins = originsOf(document);
      let checked = 0;
      for (const [i, origin] of origins.entries()) {
        const root = scopeAt(
          document,
          origin.scope.path[0] === "blocks" ? origin.scope.path.slice(0, 3).join("/") : "graph",
        );
        if (root === null) throw new Error("no root");
        const targets = [...legalTargets(analysis, registry, origin, root)];
        for (const [key, verdict] of targets.filter((_, j) => (i + j) % 23 === 0)) {
          const codes = raised(document, key, verdict.ok ? verdict.ref : origin.ref);
          // a sibling zone may hold another node of the same id
          if (!verdict.ok && verdict.code === "ref.border" && namesAnother(document, origin, key))
            continue;
          const said = `${origin.ref} -> ${key}: ${codes.join()} ${JSON.stringify(verdict)}`;
          expect(codes.length === 0, said).toBe(verdict.ok);
          if (!verdict.ok && verdict.code !== "ref.border")
            expect(codes, said).toContain(verdict.code);
          checked += 1;
        }
      }
      expect(checked).toBeGreaterThan(20);
    },
  );
});

test.each(["daps", "projdiff-music", "dps-mo"])(
  "[C4] %s: backwards from a place, each source is judged as forwards",
  (name) => {
    const document = openSampler(name);
    const analysis = analyse(document, registry);
    const sinks = rootScopes(document).flatMap((scope) => sinksIn(analysis, registry, scope));
    for (const { key } of sinks) {
      const sources = legalSources(analysis, registry, key);
      expect(sources.size).toBeGreaterThan(0);
      for (const origin of originsOf(document)) {
        const source = originKey(origin);
        const verdict = source === null ? undefined : sources.get(source);
        if (verdict !== undefined)
          expect(verdict.ok, `${origin.ref} -> ${key}`).toBe(
            judge(analysis, registry, origin, key).ok,
          );
      }
    }
  },
);
