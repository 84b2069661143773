import type { Body, Document, Node } from "../../runtime/graph/document.ts";
import { isIfZone, isLoop } from "../../runtime/graph/document.ts";
import { namePattern } from "../../runtime/graph/name-pattern.ts";
import { counters, railsOf } from "../../runtime/graph/resolve.ts";
import type { RootScope, Scope } from "../../runtime/graph/scope.ts";
import { innerScopes, scopesOutwards } from "../../runtime/graph/scope.ts";

/** Names that every JavaScript object has: nothing may be called so. */
const reserved: ReadonlySet<string> = new Set([
  ...Object.getOwnPropertyNames(Object.prototype),
  "prototype",
]);

export const isName = (text: string): boolean => namePattern.test(text) && !reserved.has(text);

/** `base` itself, or with the first number from 2 that is free. */
export function freeName(base: string, taken: ReadonlySet<string>): string {
  const name = nameFrom(base);
  if (!taken.has(name) && !reserved.has(name)) return name;
  const stem = name.replace(/\d+$/, "");
  for (let n = 2; ; n += 1) if (!taken.has(`${stem}${n}`)) return `${stem}${n}`;
}

/** Words as a name: `data-gradient` is `dataGradient`. */
export function nameFrom(words: string): string {
  const [first = "", ...rest] = words.split(/[^A-Za-z0-9_]+/).filter((word) => word !== "");
  const name = [
    first,
    ...rest.map((word) => `${word[0]?.toUpperCase() ?? ""}${word.slice(1)}`),
  ].join("");
  return /^[A-Za-z]/.test(name) ? name : `n${name}`;
}

/** The id that a node of a type would like: the last word of it. */
export const idFor = (type: string): string => nameFrom(type.split("/").at(-1) ?? type);

/** [N2] Ids that a node of this body cannot have: those of the bodies around it, and of all bodies in it. */
export function takenIds(scope: Scope): ReadonlySet<string> {
  const outer = scopesOutwards(scope).flatMap(({ body }) => Object.keys(body));
  return new Set([
    ...outer,
    ...idsBelow(scope.body),
    ...railNamesAround(scope),
    ...railsBelow(scope),
  ]);
}

function idsBelow(body: Body): readonly string[] {
  return Object.values(body).flatMap((node) =>
    bodiesIn(node).flatMap((inner) => [...Object.keys(inner), ...idsBelow(inner)]),
  );
}

export function bodiesIn(node: Node): readonly Body[] {
  if (isLoop(node)) return [node.body];
  return isIfZone(node) ? [node.then.body, node.else.body] : [];
}

/** [N3] Names that a rail of this loop's body cannot have. */
export function takenRails(scope: Scope): ReadonlySet<string> {
  return new Set([...railNamesAround(scope), ...railsBelow(scope), ...counters]);
}

/** [N3] Names that an input of this root cannot have. */
export const takenSlots = (scope: RootScope): ReadonlySet<string> => takenRails(scope);

/** Inputs, rails, and ids of the loops from a body outwards. */
function railNamesAround(scope: Scope): readonly string[] {
  return scopesOutwards(scope).flatMap((at) => {
    if (at.kind === "root") return Object.keys(at.inputs);
    return at.kind === "loop"
      ? [at.id, ...railsOf(at.zone), ...Object.keys(at.zone.scans ?? {})]
      : [];
  });
}

/** Rails and ids of the loops inside a body. */
function railsBelow(scope: Scope): readonly string[] {
  return Object.entries(scope.body).flatMap(([id, node]) => [
    ...(isLoop(node) ? [id, ...railsOf(node)] : []),
    ...innerScopes(scope, id, node).flatMap(railsBelow),
  ]);
}

/** A name for a new block. */
export const freeBlock = ({ blocks }: Document, base: string): string =>
  freeName(base, new Set(Object.keys(blocks)));
