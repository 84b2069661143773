import type { Document } from "./document.ts";
import { isIfZone, isLoop } from "./document.ts";
import type { Node } from "./document.ts";
import { own } from "./own.ts";
import { sameValue } from "../base/same-value.ts";

/** One difference in meaning between two documents; layout (`ui`) and order never are. */
export interface Change {
  readonly kind: "added" | "removed" | "changed";
  readonly what: "node" | "param" | "wire" | "rail" | "input" | "output" | "block" | "document";
  /** `anneal/denoise`, `blocks/sgld/langevin`, or the name of an input, output or block. */
  readonly where: string;
  /** The param, port, rail or field, where one changed. */
  readonly name?: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

type Named = Readonly<Record<string, unknown>>;

/** What must be done to `before` to get a document that means the same as `after`, ordered by place. */
export function diffDocuments(before: Document, after: Document): readonly Change[] {
  const changes = [
    ...["name", "about", "task"].flatMap((name) =>
      changed("document", "", name, field(before, name), field(after, name)),
    ),
    ...entries("input", "", before.inputs, after.inputs),
    ...entries("output", "", before.outputs, after.outputs),
    ...diffBodies("", before.graph, after.graph),
    ...diffBlocks(before.blocks, after.blocks),
  ];
  return changes.toSorted((a, b) => compare(key(a), key(b)));
}

function diffBlocks(before: Document["blocks"], after: Document["blocks"]): readonly Change[] {
  return namesOf(before, after).flatMap((name): readonly Change[] => {
    const [old, now] = [own(before, name), own(after, name)];
    if (old === undefined || now === undefined)
      return [{ kind: old === undefined ? "added" : "removed", what: "block", where: name }];
    const where = `blocks/${name}`;
    return [
      ...["name", "about"].flatMap((part) =>
        changed("block", name, part, field(old, part), field(now, part)),
      ),
      ...entries("input", where, old.inputs, now.inputs),
      ...entries("output", where, old.outputs, now.outputs),
      ...diffBodies(`${where}/`, old.graph, now.graph),
    ];
  });
}

function diffBodies(
  prefix: string,
  before: Document["graph"],
  after: Document["graph"],
): readonly Change[] {
  return namesOf(before, after).flatMap((id): readonly Change[] => {
    const [old, now] = [own(before, id), own(after, id)];
    const where = `${prefix}${id}`;
    if (old === undefined) return [{ kind: "added", what: "node", where, after: now?.type }];
    if (now === undefined) return [{ kind: "removed", what: "node", where, before: old.type }];
    return diffNodes(where, old, now);
  });
}

function diffNodes(where: string, old: Node, now: Node): readonly Change[] {
  const others = namesOf(old, now).filter(
    (name) => !["params", "in", "body", ...railGroups, "then", "else"].includes(name),
  );
  return [
    ...others.flatMap((name) => changed("node", where, name, field(old, name), field(now, name))),
    ...entries("param", where, old.params ?? {}, now.params ?? {}),
    ...entries("wire", where, old.in ?? {}, now.in ?? {}),
    ...railGroups.flatMap((group) =>
      entries("rail", where, named(field(old, group)), named(field(now, group))),
    ),
    ...innerBodies(old, now).flatMap(({ name, a, b }) => diffBodies(`${where}/${name}`, a, b)),
    ...branchOutputs(where, old, now),
  ];
}

const railGroups = ["states", "scans", "each"];

interface BodyPair {
  readonly name: string;
  readonly a: Document["graph"];
  readonly b: Document["graph"];
}

function innerBodies(old: Node, now: Node): readonly BodyPair[] {
  const bodies = (node: Node): Readonly<Record<string, Document["graph"]>> => {
    if (isLoop(node)) return { "": node.body };
    return isIfZone(node) ? { "then/": node.then.body, "else/": node.else.body } : {};
  };
  const [a, b] = [bodies(old), bodies(now)];
  return namesOf(a, b).map((name) => ({ name, a: own(a, name) ?? {}, b: own(b, name) ?? {} }));
}

function branchOutputs(where: string, old: Node, now: Node): readonly Change[] {
  const outputs = (node: Node, branch: "then" | "else"): Named =>
    isIfZone(node) ? node[branch].outputs : {};
  return (["then", "else"] as const).flatMap((branch) =>
    entries("output", `${where}/${branch}`, outputs(old, branch), outputs(now, branch)),
  );
}

function entries(
  what: Change["what"],
  where: string,
  before: Named,
  after: Named,
): readonly Change[] {
  return namesOf(before, after).flatMap((name) =>
    changed(what, where, name, own(before, name), own(after, name)),
  );
}

function changed(
  what: Change["what"],
  where: string,
  name: string,
  ...[before, after]: readonly [unknown, unknown]
): readonly Change[] {
  if (sameValue(before, after)) return [];
  const kind = before === undefined ? "added" : after === undefined ? "removed" : "changed";
  return [
    {
      kind,
      what,
      where,
      name,
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
    },
  ];
}

function named(value: unknown): Named {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function field(object: object, name: string): unknown {
  return own(named(object), name);
}

function namesOf(a: object, b: object): readonly string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].toSorted();
}

function key({ where, what, name }: Change): string {
  return `${where}\n${what}\n${name ?? ""}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
