import { isForEach, isLoop } from "../../../runtime/graph/document.ts";
import { own } from "../../../runtime/graph/own.ts";
import { railsOf } from "../../../runtime/graph/resolve.ts";
import type { Scope } from "../../../runtime/graph/scope.ts";
import { innerScopes, scopesOutwards } from "../../../runtime/graph/scope.ts";
import { freeName, takenIds, takenRails } from "../ids.ts";
import type { Key } from "../keys.ts";
import { keyOf } from "../keys.ts";
import { nodeAt } from "../places.ts";
import type { DocumentDraft } from "./draft.ts";
import { settled } from "./draft.ts";
import { rename } from "./rename.ts";

/** [N2] [N3] Renames what hides a name of the bodies around a node that has come here, inside of it. */
export function settleNames(draft: DocumentDraft, key: Key): void {
  for (let clash = clashIn(draft, key); clash !== null; clash = clashIn(draft, key))
    rename(draft, clash.key, clash.name);
}

interface Clash {
  readonly key: Key;
  readonly name: string;
}

function clashIn(draft: DocumentDraft, key: Key): Clash | null {
  const place = nodeAt(settled(draft), key);
  if (place === null) return null;
  const waiting = [...innerScopes(place.scope, place.id, place.node)];
  for (let scope = waiting.pop(); scope !== undefined; scope = waiting.pop()) {
    const clash = clashOf(scope);
    if (clash !== null) return clash;
    for (const [id, node] of Object.entries(scope.body))
      waiting.push(...innerScopes(scope, id, node));
  }
  return null;
}

function clashOf(scope: Scope): Clash | null {
  const outer = scopesOutwards(scope).slice(1);
  const id = Object.keys(scope.body).find((name) =>
    outer.some(({ body }) => own(body, name) !== undefined),
  );
  if (id !== undefined)
    return { key: keyOf([...scope.path, id]), name: freeName(id, takenIds(scope)) };
  if (scope.kind !== "loop") return null;
  const names = new Set(
    outer.flatMap((at) =>
      at.kind === "root"
        ? Object.keys(at.inputs)
        : at.kind === "loop"
          ? [at.id, ...railsOf(at.zone)]
          : [],
    ),
  );
  const rail = railsOf(scope.zone).find((name) => names.has(name));
  if (rail === undefined || !isLoop(scope.zone)) return null;
  const group =
    isForEach(scope.zone) && own(scope.zone.each, rail) !== undefined ? "each" : "states";
  const zone = keyOf([...scope.parent.path, scope.id]);
  const taken = new Set([...takenRails(scope), ...Object.keys(scope.zone.scans ?? {})]);
  return { key: `${zone}/${group}/${rail}`, name: freeName(rail, taken) };
}
