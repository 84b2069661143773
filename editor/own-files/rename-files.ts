import { produce } from "immer";
import type { Registry } from "../../runtime/graph/define-node.ts";
import type { Document } from "../../runtime/graph/document.ts";
import { neededByDocument } from "../../runtime/compile/needed-assets.ts";

/** What a document's file is called from now on; the hash goes with it where the document states one. */
export interface Renamed {
  readonly name: string;
  readonly sha256: string;
}

/** The document with files under other names; what is not in the map stays. */
export function withFiles(
  document: Document,
  registry: Registry,
  renamed: ReadonlyMap<string, Renamed>,
): Document {
  const named = neededByDocument(document, registry, new Set());
  return produce(document, (draft) => {
    for (const { file, path } of named) {
      const next = renamed.get(file);
      if (next !== undefined) nameFile(draft, path, next);
    }
  });
}

/** Says in a draft which file stands at a path, as `NeededAsset` has it; beside a hash, or in a slot, its hash too. */
export function nameFile(
  draft: unknown,
  path: readonly (string | number)[],
  { name, sha256 }: Renamed,
): void {
  const owner = path
    .slice(0, -1)
    .reduce<unknown>((at, key) => (isObject(at) ? at[String(key)] : undefined), draft);
  const last = path.at(-1);
  if (!isObject(owner) || last === undefined) return;
  owner[String(last)] = name;
  if (last === "asset") owner["sha256"] = sha256;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;
