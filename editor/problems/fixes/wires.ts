import { slotTypes } from "../../../runtime/graph/node-ports.ts";
import { isLoop } from "../../../runtime/graph/document.ts";
import { whyNotAssignable, type PortType } from "../../../runtime/graph/ports.ts";
import { nearest } from "../../../runtime/graph/nearest.ts";
import { parseRef, isIssue } from "../../../runtime/graph/refs.ts";
import type { Scope } from "../../../runtime/graph/scope.ts";
import { scopesOutwards } from "../../../runtime/graph/scope.ts";
import { judge } from "../../document/connect.ts";
import { connect, disconnect } from "../../document/edits/connect.ts";
import { insertNew } from "../../document/edits/insert-on-wire.ts";
import { deleteAt, setAt } from "../../document/edits/draft.ts";
import { idOf, keyOf, type Key } from "../../document/keys.ts";
import { legalSources } from "../../document/legal-sources.ts";
import { sinkAt } from "../../document/sinks.ts";
import { lastNameOf } from "../../document/wire-name.ts";
import { own } from "../../../runtime/graph/own.ts";
import { valueAt, type Fault, type Fixer, type QuickFix } from "./fix.ts";

/** A value of another type: a field of it, or a node between, as a wire that is drawn would be offered. */
const mismatch: Fixer = (fault) => {
  const { analysis, registry, key } = fault;
  const ref = valueAt(fault);
  const sink = sinkAt(analysis, registry, key);
  if (sink === null || typeof ref !== "string" || ref.startsWith("=")) return cut(fault);
  const verdict = judge(analysis, registry, { scope: sink.scope, ref }, key);
  const fields = verdict.ok ? [verdict.ref] : verdict.fields;
  const adapters = verdict.ok ? [] : verdict.adapters;
  return [
    ...fields
      .filter((field) => field !== ref)
      .map((field): QuickFix => ({
        label: { key: "problems.fix.read", values: { ref: field } },
        recipe: (draft) => connect(draft, key, field),
      })),
    ...adapters.flatMap((type) => insert(fault, type, ref)),
    ...cut(fault),
  ];
};

/** A node goes between a source and the place that reads it. */
const insert = ({ registry, key }: Fault, type: string, ref: string): readonly QuickFix[] => {
  const [definition] = registry.versions(type);
  if (definition === undefined) return [];
  return [
    {
      label: { key: "problems.fix.insert", values: { title: definition.title } },
      recipe: (draft) => void insertNew(draft, registry, { type, ref, wire: key }),
    },
  ];
};

/** Places whose reference can be left out. */
const freeGroups: ReadonlySet<string> = new Set(["in", "scans", "outputs"]);

const cut: Fixer = ({ key }) => {
  const group = key.split("/").at(-2) ?? "";
  if (!freeGroups.has(group)) return [];
  const name = idOf(key);
  if (group === "in")
    return [
      {
        label: { key: "problems.fix.disconnect", values: { name } },
        recipe: (draft) => disconnect(draft, [key]),
      },
    ];
  const label = { key: "problems.fix.remove", values: { name } };
  return [{ label, recipe: (draft) => deleteAt(draft, key) }];
};

/** A wire into a port that is not there goes to the nearest one, if that is free. */
const unknownPort: Fixer = (fault) => {
  const name = idOf(fault.key);
  const near = nearest(name, (fault.issue.expected ?? "").split(", "));
  const ref = valueAt(fault);
  const to = `${fault.key.slice(0, -name.length)}${near ?? ""}`;
  if (near === null || typeof ref !== "string" || valueAt({ ...fault, key: to }) !== undefined)
    return cut(fault);
  const label = { key: "problems.fix.replace", values: { from: name, to: near } };
  const move: QuickFix = {
    label,
    recipe: (draft) => {
      disconnect(draft, [fault.key]);
      connect(draft, to, ref);
    },
  };
  return [move, ...cut(fault)];
};

/**
 * What has the same name and fits, nearest first: `@level` of the loop around, `denoise.x0`. Else the one input of the graph
 * of that kind; of tensors a kind says too little.
 */
const missing: Fixer = (fault) => {
  const { analysis, registry, key } = fault;
  const sink = sinkAt(analysis, registry, key);
  if (sink === null || sink.wanted === null) return [];
  const { wanted, scope } = sink;
  const named = fittingRefs(fault, wanted).filter((ref) => lastNameOf(ref) === sink.name);
  if (named.length > 0) return named.slice(0, most).map((ref) => wireTo(key, ref));
  const root = scopesOutwards(scope).at(-1);
  if (root?.kind !== "root" || wanted.kind === "tensor") return [];
  const fitting = Object.entries(root.inputs).filter(
    ([, slot]) => whyNotAssignable(slotTypes[slot.kind], wanted) === null,
  );
  return fitting.length === 1 ? fitting.map(([name]) => wireTo(key, `@${name}`)) : [];
};

const wireTo = (key: Key, ref: string): QuickFix => ({
  label: { key: "problems.fix.wire", values: { ref } },
  recipe: (draft) => connect(draft, key, ref),
});

/** All that the place can see and take, from its own body outwards. */
function fittingRefs({ analysis, registry, key }: Fault, wanted: PortType): readonly string[] {
  const scope = sinkAt(analysis, registry, key)?.scope;
  if (scope === undefined) return [];
  const refs = [...legalSources(analysis, registry, key).values()].flatMap((verdict) => {
    if (!verdict.ok) return [];
    const type = analysis.types.typeOfRef(scope, verdict.ref);
    return type !== null && whyNotAssignable(type, wanted) === null ? [verdict.ref] : [];
  });
  return [...new Set(refs)];
}

/** Sources offered for a place that has none; of more a person chooses. */
const most = 3;

/** A wire that is still to come: what fits where there is little of it; what need not be there goes. */
const open: Fixer = (fault) => {
  const { analysis, registry, key } = fault;
  const sink = sinkAt(analysis, registry, key);
  if (sink === null) return cut(fault);
  const wanted = sink.role === "init" ? typeOfNext(fault, sink.name) : sink.wanted;
  const refs = wanted === null ? [] : fittingRefs(fault, wanted);
  const wires = refs.map((ref) => wireTo(key, ref));
  return [...(wires.length > most ? [] : wires), ...cut(fault)];
};

/** What a state becomes is what it begins as. */
function typeOfNext({ analysis, registry, key }: Fault, name: string): PortType | null {
  const next = sinkAt(analysis, registry, key.replace(/init$/u, "next"));
  const zone = next?.node == null ? undefined : own(next.node.scope.body, next.node.id);
  const ref = zone !== undefined && isLoop(zone) ? own(zone.states, name)?.next : undefined;
  return next === null || ref === undefined ? null : analysis.types.typeOfRef(next.scope, ref);
}

/** `@x.2` of a state that keeps less. */
const depth: Fixer = (fault) => {
  const { analysis, registry, key, issue } = fault;
  const wanted = /^depth ([23])$/.exec(issue.expected ?? "")?.[1];
  const scope = sinkAt(analysis, registry, key)?.scope ?? null;
  const state = scope === null ? null : stateOf(scope, valueAt(fault));
  if (wanted === undefined || state === null) return [];
  const label = { key: "problems.fix.depth", values: { name: idOf(state), depth: Number(wanted) } };
  return [{ label, recipe: (draft) => setAt(draft, `${state}/depth`, Number(wanted)) }];
};

/** The place of the state that `@x.2` or `@zone.x.2` reads. */
function stateOf(scope: Scope, ref: unknown): Key | null {
  const parsed = typeof ref === "string" ? parseRef(ref) : null;
  if (parsed === null || isIssue(parsed) || parsed.kind !== "name") return null;
  for (const at of scopesOutwards(scope)) {
    if (at.kind !== "loop") continue;
    const name = at.id === parsed.name ? parsed.rest[0] : parsed.name;
    if (name !== undefined && own(at.zone.states, name) !== undefined)
      return keyOf([...at.path.slice(0, -1), "states", name]);
  }
  return null;
}

export const wireFixers: Readonly<Record<string, Fixer>> = {
  "port.mismatch": mismatch,
  "port.unknown": unknownPort,
  "port.missing": missing,
  "ref.depth": depth,
  "ref.missing": open,
  "ref.malformed": cut,
  "ref.unknown-node": cut,
  "ref.unknown-name": cut,
  "ref.unknown-port": cut,
  "ref.border": cut,
  "zone.scan": cut,
};
