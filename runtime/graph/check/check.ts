import type { Issue } from "../../base/issue.ts";
import type { Registry } from "../define-node.ts";
import type { Document, Node } from "../document.ts";
import type { FilePath } from "../file-path.ts";
import type { Scope } from "../scope.ts";
import { nodePath } from "../scope.ts";
import type { Types } from "../types.ts";
import { createTypes } from "../types.ts";

/** What the checks of one document share. */
export interface Check {
  readonly document: Document;
  readonly registry: Registry;
  readonly types: Types;
  readonly issues: Issue[];
}

/** A node and where it stands. */
export interface Place<N extends Node = Node> {
  readonly scope: Scope;
  readonly id: string;
  readonly node: N;
}

/** More are not listed: a broken file of a hundred thousand nodes must not stall the editor. */
export const mostIssues = 1000;

export function createCheck(document: Document, registry: Registry): Check {
  return { document, registry, types: createTypes(document, registry), issues: [] };
}

export function isFull({ issues }: Check): boolean {
  return issues.length >= mostIssues;
}

export type Finding = Omit<Issue, "at" | "fix"> & { readonly fix?: string | undefined };

/** Adds an issue at a path of the file. */
export function report(check: Check, path: FilePath, finding: Finding, at: Issue["at"] = {}): void {
  if (isFull(check)) return;
  const { fix, ...rest } = finding;
  check.issues.push({ ...rest, at: { path, ...at }, ...(fix === undefined ? {} : { fix }) });
}

/** Adds an issue at a path inside a node. */
export function reportAt(
  check: Check,
  { scope, id, node }: Place,
  path: FilePath,
  finding: Finding,
): void {
  const port = path[0] === "in" && path.length === 2 ? { port: String(path[1]) } : {};
  const zone = scope.zonePath.join("/");
  report(check, [...scope.path, id, ...path], finding, {
    node: nodePath(scope, id),
    ...port,
    ...("body" in node ? { zone: nodePath(scope, id) } : zone === "" ? {} : { zone }),
  });
}
