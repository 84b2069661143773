import { structuralTypes } from "../../../runtime/graph/document.ts";
import { isExpressionText } from "../../../runtime/graph/expression.ts";
import { nearest } from "../../../runtime/graph/nearest.ts";
import { portFields } from "../../../runtime/graph/ports.ts";
import { counters, isResolved, railsOf, resolveRef } from "../../../runtime/graph/resolve.ts";
import type { Scope } from "../../../runtime/graph/scope.ts";
import { scopesOutwards } from "../../../runtime/graph/scope.ts";
import { setAt } from "../../document/edits/draft.ts";
import { nodeView } from "../../document/node-view.ts";
import { placeOf, scopeOfSite } from "../../document/places.ts";
import { scopeAt } from "../../document/keys.ts";
import { valueAt, type Fault, type Fixer, type QuickFix } from "./fix.ts";

/** Puts the nearest known name in the place of an unknown one. */
const rename = (fault: Fault, candidates: readonly string[]): readonly QuickFix[] => {
  const { got } = fault.issue;
  const near = got === undefined ? null : nearest(got, candidates);
  return near === null || got === undefined || near === got ? [] : replaceIn(fault, got, near);
};

/** In a reference or an expression, one name by another. */
function replaceIn(fault: Fault, from: string, to: string): readonly QuickFix[] {
  const text = valueAt(fault);
  if (typeof text !== "string") return [];
  const next = replaceName(text, from, to);
  if (next === text) return [];
  const label = { key: "problems.fix.replace", values: { from, to } };
  return [{ label, recipe: (draft) => setAt(draft, fault.key, next) }];
}

/** Of a reference the whole part of that name; of an expression each use of it. */
const replaceName = (text: string, from: string, to: string): string =>
  text.replaceAll(/[A-Za-z][A-Za-z0-9_-]*/g, (name) => (name === from ? to : name));

/** The body in which the text at the place of a fault is read. */
function scopeOf({ analysis, key }: Fault): Scope | null {
  const place = placeOf(analysis.document, key);
  return place === null ? scopeAt(analysis.document, key) : scopeOfSite(place);
}

const idsOf: Fixer = (fault) => {
  const scope = scopeOf(fault);
  if (scope === null) return [];
  const scopes = scopesOutwards(scope);
  const { got = "" } = fault.issue;
  const isName = namesAround(scope).includes(got);
  if (isName) return addAt(fault, got);
  return rename(
    fault,
    scopes.flatMap(({ body }) => Object.keys(body)),
  );
};

/** `prior.prior` that meant `@prior`. */
function addAt(fault: Fault, name: string): readonly QuickFix[] {
  const label = {
    key: "problems.fix.replace",
    values: { from: String(valueAt(fault)), to: `@${name}` },
  };
  return [{ label, recipe: (draft) => setAt(draft, fault.key, `@${name}`) }];
}

const namesAround = (scope: Scope): readonly string[] =>
  scopesOutwards(scope).flatMap((at) => {
    if (at.kind === "root") return Object.keys(at.inputs);
    return at.kind === "loop" ? railsOf(at.zone) : [];
  });

const railNames: Fixer = (fault) => {
  const scope = scopeOf(fault);
  if (scope === null) return [];
  const isInLoop = scopesOutwards(scope).some(({ kind }) => kind === "loop");
  return rename(fault, [...namesAround(scope), ...(isInLoop ? counters : [])]);
};

const listed: Fixer = (fault) => rename(fault, (fault.issue.expected ?? "").split(", "));

const fieldsOf: Fixer = (fault) => {
  const scope = scopeOf(fault);
  const ref = valueAt(fault);
  if (scope === null || typeof ref !== "string" || isExpressionText(ref)) return listed(fault);
  const resolved = resolveRef(scope, ref);
  const type = isResolved(resolved) ? fault.analysis.types.typeOfSource(resolved.source) : null;
  return type === null ? [] : rename(fault, Object.keys(portFields[type.kind]));
};

const scalars: Fixer = (fault) => {
  const { analysis, registry, key, issue } = fault;
  const place = placeOf(analysis.document, key);
  if (place === null || issue.got === undefined) return [];
  const view = nodeView(place.scope, place.id, analysis, registry);
  const names = (view?.params ?? [])
    .filter(({ structural }) => !structural)
    .map(({ name }) => name);
  const outer = namesAround(place.scope).includes(issue.got)
    ? replaceIn(fault, issue.got, `@${issue.got}`)
    : [];
  return [
    ...outer,
    ...rename(
      fault,
      names.filter((name) => name !== place.rest[1]),
    ),
  ];
};

/** A node type, or a version of it, that is not known. */
const nodeType: Fixer = ({ key, issue, registry }) => {
  const near = nearest(
    issue.got ?? "",
    registry.types.filter((type) => !structuralTypes.has(type)),
  );
  const [latest] = near === null ? [] : registry.versions(near);
  if (near === null || latest === undefined) return [];
  const node = key.slice(0, -"/type".length);
  const label = { key: "problems.fix.type", values: { type: near } };
  return [
    {
      label,
      recipe: (draft) => {
        setAt(draft, `${node}/type`, near);
        setAt(draft, `${node}/v`, latest.v);
      },
    },
  ];
};

const version: Fixer = (fault) => {
  const versions = (fault.issue.expected ?? "").split(", ").map(Number).filter(Number.isInteger);
  const latest = Math.max(...versions);
  if (!Number.isFinite(latest)) return [];
  const label = { key: "problems.fix.version", values: { v: latest } };
  return [{ label, recipe: (draft) => setAt(draft, fault.key, latest) }];
};

const blockName: Fixer = (fault) => rename(fault, Object.keys(fault.analysis.document.blocks));

export const nameFixers: Readonly<Record<string, Fixer>> = {
  "ref.unknown-node": idsOf,
  "ref.unknown-name": railNames,
  "ref.unknown-rail": railNames,
  "ref.unknown-port": listed,
  "ref.unknown-field": fieldsOf,
  "expression.unknown-name": scalars,
  "node.unknown-type": nodeType,
  "node.unknown-version": version,
  "block.unknown": blockName,
};
