import { issueError } from "../../runtime/base/issue.ts";
import type { Document, Node } from "../../runtime/graph/document.ts";
import type { FilePath } from "../../runtime/graph/file-path.ts";
import { suggestion } from "../../runtime/graph/nearest.ts";
import {
  blockScope,
  graphScope,
  innerScopes,
  nodePath,
  type Scope,
} from "../../runtime/graph/scope.ts";

/** A node, or the node that stands in a slot, as the command line may name it. */
export interface NamedNode {
  /** `anneal/denoise`; `@schedule` for the node in a slot; `task/…` for a task's. */
  readonly name: string;
  /** Where it stands in its file; its params are under `params`. */
  readonly path: FilePath;
  /** Absent for a slot's default. */
  readonly node?: Node;
  readonly scope?: Scope;
}

/** All nodes of a document, its slots' default nodes included. */
export function namedNodes(document: Document, prefix = ""): readonly NamedNode[] {
  const slots = Object.entries(document.inputs).flatMap(([name, slot]): readonly NamedNode[] => {
    const given = slot.default;
    if (given === undefined || typeof given === "number" || "asset" in given) return [];
    return [{ name: `${prefix}@${name}`, path: ["inputs", name, "default"] }];
  });
  const blocks = Object.keys(document.blocks).flatMap((name) => {
    const scope = blockScope(document, name);
    return scope === null ? [] : inScope(scope, prefix);
  });
  return [...slots, ...inScope(graphScope(document), prefix), ...blocks];
}

function inScope(scope: Scope, prefix: string): readonly NamedNode[] {
  return Object.entries(scope.body).flatMap(([id, node]): readonly NamedNode[] => [
    { name: `${prefix}${nodePath(scope, id)}`, path: [...scope.path, id], node, scope },
    ...innerScopes(scope, id, node).flatMap((inner) => inScope(inner, prefix)),
  ]);
}

/**
 * The one of `candidates` whose name is `wanted` or ends in `/wanted`; `@` of a slot may be left out.
 *
 * @param option what the command line said, `--set NODE.PARAM`.
 * @throws IssueError `node.unknown`, or `node.ambiguous` with the candidates.
 */
export function findByName<T extends { readonly name: string }>(
  wanted: string,
  candidates: readonly T[],
  option: string,
): T {
  const exact = candidates.filter(({ name }) => name === wanted);
  const ends = candidates.filter(({ name }) => name.endsWith(`/${wanted}`));
  const slots = candidates.filter(
    ({ name }) => /(?:^|\/)@[^/]*$/.test(name) && name.endsWith(`@${wanted}`),
  );
  const found =
    exact.length > 0 ? exact : [...ends, ...slots.filter((each) => !ends.includes(each))];
  const [first] = found;
  if (first !== undefined && found.length === 1) return first;
  const names = candidates.map(({ name }) => name);
  if (first !== undefined)
    throw issueError(
      "node.ambiguous",
      `Several nodes end in ${JSON.stringify(wanted)}: ${found.map(({ name }) => name).join(", ")}.`,
      { path: [option] },
      { fix: "Give more of the path." },
    );
  const fix = suggestion(wanted, [
    ...names,
    ...names.map((name) => name.split("/").at(-1) ?? name),
  ]);
  throw issueError(
    "node.unknown",
    `There is no node ${JSON.stringify(wanted)}.`,
    { path: [option] },
    fix === undefined ? {} : { fix },
  );
}
