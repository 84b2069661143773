import { isForEach } from "../document.ts";
import type { FilePath } from "../file-path.ts";
import { formatGot } from "../format-got.ts";
import { namePattern } from "../name-pattern.ts";
import { isCounter, railsOf } from "../resolve.ts";
import { own } from "../own.ts";
import type { LoopScope, RootScope, Scope } from "../scope.ts";
import { scopesOutwards } from "../scope.ts";
import type { Check } from "./check.ts";
import { report } from "./check.ts";

/** Names that every JavaScript object already has: they would be found where nothing is written. */
const inherited: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

/** [N1] [N2] [N3] Names of one scope: well formed, and none hides a name of an enclosing scope. */
export function checkNames(check: Check, scope: Scope): void {
  const around = scopesOutwards(scope).slice(1);
  for (const id of Object.keys(scope.body)) {
    const path = [...scope.path, id];
    checkName(check, path, id, "id");
    if (around.some(({ body }) => own(body, id) !== undefined))
      shadows(check, path, id, "a node of an enclosing scope");
  }
  if (scope.kind === "root") checkSlotNames(check, scope);
  if (scope.kind === "loop") checkRailNames(check, scope);
}

/** [N1] One name. */
export function checkName(check: Check, path: FilePath, name: string, what: string): void {
  if (!namePattern.test(name))
    report(check, path, {
      code: "name.malformed",
      message: `Expected ${what === "id" ? "an id" : `a ${what}`} of letters, digits, "_" and "-" that begins with a letter, got ${formatGot(name)}.`,
      expected: "letters, digits, _ and -",
      got: name,
    });
  else if (inherited.has(name) || name === "prototype")
    report(check, path, {
      code: "name.reserved",
      message: `"${name}" is a word of JavaScript and cannot be a name.`,
      got: name,
      fix: `Choose another name, such as "${name}1".`,
    });
}

function checkSlotNames(check: Check, { inputs, path }: RootScope): void {
  for (const name of Object.keys(inputs)) {
    const slotPath = [...path.slice(0, -1), "inputs", name];
    checkName(check, slotPath, name, "name");
    if (isCounter(name)) shadows(check, slotPath, name, "built in");
  }
}

function checkRailNames(check: Check, scope: LoopScope): void {
  const { zone } = scope;
  const zoneFile = scope.path.slice(0, -1);
  for (const [group, rails] of [
    ["states", zone.states ?? {}],
    ["each", isForEach(zone) ? zone.each : {}],
  ] as const)
    for (const name of Object.keys(rails)) {
      const path = [...zoneFile, group, name];
      checkName(check, path, name, "name");
      const hidden = hiddenBy(scope, group, name);
      if (hidden !== null) shadows(check, path, name, hidden);
    }
  for (const name of Object.keys(zone.scans ?? {})) {
    const path = [...zoneFile, "scans", name];
    checkName(check, path, name, "name");
    if (own(zone.states, name) !== undefined) shadows(check, path, name, "a state of this zone");
  }
}

/** What a rail of this name would hide. */
function hiddenBy(scope: LoopScope, group: "states" | "each", name: string): string | null {
  if (isCounter(name)) return "built in";
  const { zone } = scope;
  if (group === "each" && own(zone.states, name) !== undefined) return "a state of this zone";
  if (scope.id === name) return "the id of this zone";
  const hidden = scopesOutwards(scope)
    .slice(1)
    .map((outer) => nameIn(outer, name));
  return hidden.find((what) => what !== null) ?? null;
}

/** What a name means in a scope itself. */
function nameIn(scope: Scope, name: string): string | null {
  if (scope.kind === "root") return own(scope.inputs, name) === undefined ? null : "an input";
  if (scope.kind === "branch") return null;
  if (railsOf(scope.zone).includes(name)) return `a rail of the zone "${scope.id}"`;
  return scope.id === name ? "the id of an enclosing zone" : null;
}

function shadows(check: Check, path: FilePath, name: string, what: string): void {
  report(check, path, {
    code: "name.shadowed",
    message: `The name "${name}" is already taken: it is ${what}.`,
    got: name,
    fix: "Choose another name.",
  });
}
