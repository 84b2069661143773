import type { Document } from "../../runtime/graph/document.ts";
import { innerScopes, type Scope } from "../../runtime/graph/scope.ts";
import type { Analysis } from "../document/analysis.ts";
import type { Key } from "../document/keys.ts";
import { keyOf, scopeAt, uiNameOf } from "../document/keys.ts";
import { rootScopes } from "../document/reads.ts";
import { uiOf } from "../document/ui.ts";
import type { StateKeys } from "./filter.ts";

/** Which things have faults, differ from the file, are probed or passed by. */
export function stateKeys({ document, issues }: Analysis, saved: Document): StateKeys {
  const ui = uiOf(document);
  const probed = new Set(ui.probes.map((wire) => wire.split(".")[0] ?? ""));
  const all = rootScopes(document).flatMap(nodesIn);
  return {
    error: new Set(issues.flatMap(({ at }) => keysAround(at.path ?? []))),
    changed: new Set(all.filter((at) => isChanged(at, saved)).map(({ key }) => key)),
    probed: new Set(all.filter(({ name }) => probed.has(name)).map(({ key }) => key)),
    bypassed: new Set(all.filter(({ name }) => name in ui.bypassed).map(({ key }) => key)),
  };
}

/** A key and all that hold it. */
const keysAround = (path: readonly (string | number)[]): readonly Key[] =>
  path.map((_, i) => keyOf(path.slice(0, i + 1)));

interface Place {
  readonly key: Key;
  readonly name: string;
  readonly scope: Scope;
  readonly id: string;
}

function nodesIn(scope: Scope): readonly Place[] {
  return Object.entries(scope.body).flatMap(([id, node]) => {
    const key = keyOf([...scope.path, id]);
    return [
      { key, name: uiNameOf(key), scope, id },
      ...innerScopes(scope, id, node).flatMap(nodesIn),
    ];
  });
}

function isChanged({ scope, id }: Place, saved: Document): boolean {
  const before = scopeAt(saved, keyOf(scope.path));
  const same = before !== null && keyOf(before.path) === keyOf(scope.path);
  const then = same ? before.body[id] : undefined;
  const now = scope.body[id];
  return then !== now && JSON.stringify(then) !== JSON.stringify(now);
}
