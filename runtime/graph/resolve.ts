import type { Issue } from "../base/issue.ts";
import type { Loop, Node, Slot, State } from "./document.ts";
import { isForEach } from "./document.ts";
import { suggestion } from "./nearest.ts";
import { own } from "./own.ts";
import type { ParsedRef, Ref } from "./refs.ts";
import { isIssue, parseRef } from "./refs.ts";
import type { LoopScope, Scope } from "./scope.ts";
import { scopesOutwards } from "./scope.ts";

export const counters = ["k", "N", "isFirst", "isLast"] as const;
/** Built in: iteration from 0, iterations (if known), and 1 or 0 for the first and the last. */
export type Counter = (typeof counters)[number];

/** What a reference points to. `scope` is the scope that owns it; of a rail, the zone's body. */
export type Source =
  | { readonly kind: "input"; readonly scope: Scope; readonly name: string; readonly slot: Slot }
  | {
      readonly kind: "port";
      readonly scope: Scope;
      readonly id: string;
      readonly node: Node;
      readonly port: string;
    }
  /** `back` iterations before the current one. */
  | {
      readonly kind: "state";
      readonly scope: LoopScope;
      readonly name: string;
      readonly state: State;
      readonly back: 0 | 1 | 2;
    }
  /** The current element of an `each` list, whose own reference is `list` (of the enclosing scope). */
  | {
      readonly kind: "element";
      readonly scope: LoopScope;
      readonly name: string;
      readonly list: Ref;
    }
  | { readonly kind: "counter"; readonly scope: LoopScope; readonly name: Counter };

export interface Resolved {
  readonly source: Source;
  /** A field of the source's value: `sigma` of a level. */
  readonly field?: string;
}

/** What a reference means in a scope; an Issue (with an empty `at`) where it means nothing. Ports are not checked. */
export function resolveRef(scope: Scope, text: Ref): Resolved | Issue {
  const parsed = parseRef(text);
  if (isIssue(parsed)) return parsed;
  return parsed.kind === "port" ? resolvePort(scope, parsed) : resolveName(scope, parsed);
}

export function isResolved(result: Resolved | Issue): result is Resolved {
  return "source" in result;
}

type PortRef = Extract<ParsedRef, { kind: "port" }>;
type NameRef = Extract<ParsedRef, { kind: "name" }>;

function resolvePort(scope: Scope, { node: id, port, field }: PortRef): Resolved | Issue {
  for (let at: Scope | null = scope; at !== null; at = at.parent) {
    const node = own(at.body, id);
    if (node === undefined) continue;
    const source = { kind: "port", scope: at, id, node, port } as const;
    return field === undefined ? { source } : { source, field };
  }
  const scopes = scopesOutwards(scope);
  const ids = scopes.flatMap(({ body }) => Object.keys(body));
  const isName = namesOf(scopes).includes(id);
  return unknown("ref.unknown-node", `There is no node "${id}" here.`, {
    got: id,
    fix: isName ? `Write "@${id}" for the input or rail of that name.` : suggestion(id, ids),
  });
}

function resolveName(scope: Scope, { name, rest }: NameRef): Resolved | Issue {
  const scopes = scopesOutwards(scope);
  for (const at of scopes) {
    if (at.kind === "root") {
      const slot = own(at.inputs, name);
      if (slot !== undefined)
        return withField({ kind: "input", scope: at, name, slot }, name, rest);
    } else if (at.kind === "loop") {
      const found = railOf(at, name, rest) ?? (at.id === name ? railByZone(at, rest) : null);
      if (found !== null) return found;
    }
  }
  return unknownName(scopes, name);
}

function unknownName(scopes: readonly Scope[], name: string): Issue {
  if (isCounter(name))
    return unknown("ref.unknown-name", `"@${name}" has a value only inside a loop.`, { got: name });
  const isNode = scopes.some(({ body }) => own(body, name) !== undefined);
  return unknown("ref.unknown-name", `There is no input or rail "@${name}" here.`, {
    got: name,
    fix: isNode
      ? `"${name}" is a node; write "${name}.port" without "@".`
      : suggestion(name, namesOf(scopes)),
  });
}

/** `@anneal.level`: a rail of the enclosing zone of that id. */
function railByZone(scope: LoopScope, [name, ...rest]: readonly string[]): Resolved | Issue {
  const rails = railsOf(scope.zone);
  if (name === undefined)
    return unknown("ref.unknown-name", `"@${scope.id}" names a zone; a rail of it must follow.`, {
      fix: suggestion(
        "",
        rails.map((rail) => `@${scope.id}.${rail}`),
      ),
    });
  return (
    railOf(scope, name, rest) ??
    unknown("ref.unknown-rail", `The zone "${scope.id}" has no rail "${name}".`, {
      got: name,
      fix: suggestion(name, [...rails, ...counters]),
    })
  );
}

function railOf(scope: LoopScope, name: string, rest: readonly string[]): Resolved | Issue | null {
  const { zone } = scope;
  const state = own(zone.states, name);
  if (state !== undefined) return resolveState(scope, name, state, rest);
  const list = isForEach(zone) ? own(zone.each, name) : undefined;
  if (list !== undefined) return withField({ kind: "element", scope, name, list }, name, rest);
  return isCounter(name) ? withField({ kind: "counter", scope, name }, name, rest) : null;
}

function resolveState(
  scope: LoopScope,
  name: string,
  state: State,
  rest: readonly string[],
): Resolved | Issue {
  const back = rest[0] === "1" ? 1 : rest[0] === "2" ? 2 : 0;
  const depth = state.depth ?? 1;
  if (back >= depth)
    return unknown(
      "ref.depth",
      `"@${name}.${back}" needs a depth of ${back + 1}; the state "${name}" keeps ${depth}.`,
      {
        expected: `depth ${back + 1}`,
        got: `depth ${depth}`,
        fix: `Set "depth": ${back + 1} on the state "${name}" of "${scope.id}".`,
      },
    );
  return withField(
    { kind: "state", scope, name, state, back },
    name,
    back === 0 ? rest : rest.slice(1),
  );
}

function withField(source: Source, name: string, rest: readonly string[]): Resolved | Issue {
  const [field, ...more] = rest;
  if (field === undefined) return { source };
  if (/^[12]$/.test(field))
    return unknown("ref.depth", `"@${name}" keeps no earlier values; only states do.`, {
      got: field,
    });
  if (more.length > 0)
    return unknown("ref.malformed", `At most one field may follow "@${name}".`, {
      got: rest.join("."),
    });
  return { source, field };
}

/** Names that `@` may read: rails of a zone, without the counters. */
export function railsOf(zone: Loop): readonly string[] {
  return [...Object.keys(zone.states ?? {}), ...(isForEach(zone) ? Object.keys(zone.each) : [])];
}

export function isCounter(name: string): name is Counter {
  return counters.some((counter) => counter === name);
}

function namesOf(scopes: readonly Scope[]): readonly string[] {
  return scopes.flatMap((scope) => {
    if (scope.kind === "root") return Object.keys(scope.inputs);
    return scope.kind === "loop" ? railsOf(scope.zone) : [];
  });
}

function unknown(
  code: string,
  message: string,
  more: { readonly expected?: string; readonly got?: string; readonly fix?: string | undefined },
): Issue {
  const { fix, ...rest } = more;
  return { code, message, at: {}, ...rest, ...(fix === undefined ? {} : { fix }) };
}
