import type { Feed } from "../../runtime/compile/slots.ts";
import type { Document, Slot } from "../../runtime/graph/document.ts";
import { readDocument } from "../../runtime/graph/read.ts";
import { FileIssues } from "./graph-file.ts";
import { findByName, namedNodes, type NamedNode } from "./named-nodes.ts";
import type { ParamSetting } from "./parse-settings.ts";

/** The documents of a run and the nodes that were put into their slots. */
export interface Parts {
  readonly graph: Document;
  readonly task: Document | null;
  readonly feeds: Readonly<Record<string, Feed>>;
}

/** The input of that name: the task's, else the graph's. */
export function slotOf({ graph, task }: Parts, name: string): Slot | undefined {
  if (task !== null && Object.hasOwn(task.inputs, name)) return task.inputs[name];
  return Object.hasOwn(graph.inputs, name) ? graph.inputs[name] : undefined;
}

type Target = NamedNode & { readonly owner: "graph" | "task" | "feed" };

/**
 * The parts with params set: in a node, in the default of a slot, or in a node given by `--with`.
 * Inside a block it holds for every use of the block.
 *
 * @throws IssueError `node.unknown`, `node.ambiguous`. Whether the param exists is for `validate`.
 */
export function setParams(parts: Parts, settings: readonly ParamSetting[]): Parts {
  return settings.reduce(setParam, parts);
}

function setParam(parts: Parts, { node, param, value }: ParamSetting): Parts {
  const target = findByName(node, targetsOf(parts), `--set ${node}.${param}`);
  if (target.owner === "feed") {
    const name = target.name.slice(1);
    const feed = parts.feeds[name];
    if (feed?.kind !== "node") throw new Error("internal: only nodes given by --with have params");
    const params = { ...feed.params, [param]: value };
    return { ...parts, feeds: { ...parts.feeds, [name]: { ...feed, params } } };
  }
  const document = parts[target.owner];
  if (document === null) throw new Error("internal: there is no task to set a param of");
  const changed = setAt(document, [...target.path, "params", param], value);
  const { document: read, issues } = readDocument(changed);
  if (read === null) throw new FileIssues(`--set ${node}.${param}`, issues);
  return { ...parts, [target.owner]: read };
}

/** A graph's slot that the task or the command line fills has no default node any more. */
function targetsOf({ graph, task, feeds }: Parts): readonly Target[] {
  const given = new Set(Object.keys(task?.outputs ?? {}));
  const fed = Object.entries(feeds).flatMap(([name, feed]) =>
    feed.kind === "node" ? [{ name: `@${name}`, path: [], owner: "feed" } as const] : [],
  );
  const isFilled = (name: string, ownTask: boolean): boolean => {
    const slot = /(?:^|\/)@([^/]*)$/.exec(name)?.[1];
    if (slot === undefined) return false;
    return Object.hasOwn(feeds, slot) || (!ownTask && given.has(slot));
  };
  const ofTask = task === null ? [] : namedNodes(task, "task/");
  return [
    ...fed,
    ...namedNodes(graph)
      .filter(({ name }) => !isFilled(name, false))
      .map((target) => ({ ...target, owner: "graph" as const })),
    ...ofTask
      .filter(({ name }) => !isFilled(name, true))
      .map((target) => ({ ...target, owner: "task" as const })),
  ];
}

/** A copy of a JSON value with one entry replaced; objects on the way are made. */
function setAt(value: unknown, path: readonly (string | number)[], to: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return to;
  const object: Readonly<Record<string, unknown>> =
    typeof value === "object" && value !== null ? { ...value } : {};
  const inner = Object.hasOwn(object, key) ? object[key] : undefined;
  return { ...object, [key]: setAt(inner, rest, to) };
}
