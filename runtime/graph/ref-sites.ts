import type { FilePath } from "./file-path.ts";
import type { Loop, Node } from "./document.ts";
import { isForEach, isIfZone, isLoop, isWhile } from "./document.ts";
import { onceOfFrozen } from "./of-frozen.ts";
import type { Ref } from "./refs.ts";

/** What a reference is for. */
export type RefRole = "in" | "init" | "next" | "each" | "scan" | "stop" | "while" | "output";

/** One reference of a node: where it stands (from the node), what for, and the scope it is read in. */
export interface RefSite {
  readonly path: FilePath;
  readonly ref: Ref;
  readonly role: RefRole;
  /** The port, rail or output that it feeds. */
  readonly name: string;
  /** The scope that holds the node, or one of its bodies. */
  readonly scope: "outer" | "body" | "then" | "else";
}

/** All references of a node itself; not those of the nodes in its bodies. */
export const refSites: (node: Node) => readonly RefSite[] = onceOfFrozen(findSites);

function findSites(node: Node): readonly RefSite[] {
  const wires = sites(node.in, ["in"], "in", "outer");
  if (isLoop(node)) return [...wires, ...loopSites(node)];
  if (!isIfZone(node)) return wires;
  return [
    ...wires,
    ...sites(node.then.outputs, ["then", "outputs"], "output", "then"),
    ...sites(node.else.outputs, ["else", "outputs"], "output", "else"),
  ];
}

function loopSites(loop: Loop): readonly RefSite[] {
  const states = Object.entries(loop.states ?? {}).flatMap(([name, { init, next }]): RefSite[] => [
    { path: ["states", name, "init"], ref: init, role: "init", name, scope: "outer" },
    { path: ["states", name, "next"], ref: next, role: "next", name, scope: "body" },
  ]);
  return [
    ...(isForEach(loop) ? sites(loop.each, ["each"], "each", "outer") : []),
    ...states,
    ...sites(loop.scans, ["scans"], "scan", "body"),
    ...endSites(loop),
  ];
}

function endSites(loop: Loop): readonly RefSite[] {
  if (isWhile(loop))
    return [{ path: ["while"], ref: loop.while, role: "while", name: "while", scope: "body" }];
  if (loop.stop === undefined) return [];
  return [{ path: ["stop"], ref: loop.stop, role: "stop", name: "stop", scope: "body" }];
}

function sites(
  refs: Readonly<Record<string, Ref>> | undefined,
  path: FilePath,
  role: RefRole,
  scope: RefSite["scope"],
): readonly RefSite[] {
  return Object.entries(refs ?? {}).map(([name, ref]) => ({
    path: [...path, name],
    ref,
    role,
    name,
    scope,
  }));
}
