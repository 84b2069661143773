import type { AnyNode } from "../graph/define-node.ts";
import type { Block, Body } from "../graph/document.ts";
import { IssueError, issueError, type Issue } from "../base/issue.ts";
import { topologicalOrder } from "../graph/order.ts";
import { formatRef, isIssue, parseRef, type Ref } from "../graph/refs.ts";
import type { Build } from "./build.ts";
import type { Region } from "./region.ts";
import { fieldOf, type Wire } from "./wires.ts";

/** One body while it is built: its nodes, and the names that `@name` finds. */
export interface Environment {
  readonly build: Build;
  readonly region: Region;
  /** The body around this one; null in a block and in the graph itself. */
  readonly outer: Environment | null;
  /** Prefix of node paths: "" or "anneal/". */
  readonly prefix: string;
  readonly body: Body;
  /** The zone whose body this is. */
  readonly zone: string | undefined;
  readonly names: Map<string, Wire>;
  /** Values of states one and two iterations ago. */
  readonly history: ReadonlyMap<string, readonly Wire[]>;
  readonly blocks: Readonly<Record<string, Block>>;
  /** Output ports of the nodes built so far. */
  readonly built: Map<string, Readonly<Record<string, Wire>>>;
  /** Nodes being built: meeting one again is a cycle. */
  readonly building: Set<string>;
  /** What nodes were refused with: whoever reads one is refused with the same. */
  readonly refused: Map<string, IssueError>;
  readonly maker: Maker;
}

type Outputs = Readonly<Record<string, Wire>>;

/** How nodes are made; in the environment because bodies, zones, blocks and slots contain one another. */
export interface Maker {
  node(environment: Environment, id: string): Outputs;
  definition(environment: Environment, definition: AnyNode, written: Written): Outputs;
}

/** What a file says of one node. */
export interface Written {
  readonly path: string;
  readonly params: Readonly<Record<string, unknown>> | undefined;
  readonly wires: Readonly<Record<string, string>> | undefined;
}

type Parts = Omit<Environment, "built" | "building" | "refused" | "history" | "zone"> &
  Partial<Pick<Environment, "history" | "zone">>;

/** A body about to be built. */
export function newEnvironment(parts: Parts): Environment {
  return {
    history: new Map(),
    zone: undefined,
    ...parts,
    built: new Map(),
    building: new Set(),
    refused: new Map(),
  };
}

/**
 * Builds every node of the body, also those that nothing reads (a probe may); each after those it reads, so
 * that a long chain needs no deep recursion.
 *
 * @throws IssueError with what is wrong with any of them.
 */
export function buildBody(environment: Environment): void {
  const { order } = topologicalOrder(environment.body);
  const issues = new Set<Issue>();
  for (const id of [...order, ...Object.keys(environment.body)])
    try {
      environment.maker.node(environment, id);
    } catch (error) {
      if (!(error instanceof IssueError)) throw error;
      for (const issue of error.issues) issues.add(issue);
    }
  if (issues.size > 0) throw new IssueError([...issues]);
}

/** What a reference in this body stands for; builds the node it names first. */
export function resolve(environment: Environment, ref: Ref): Wire {
  const parsed = parseRef(ref);
  if (isIssue(parsed)) throw issueError(parsed.code, parsed.message, { node: environment.prefix });
  const wire =
    parsed.kind === "port"
      ? withFields(
          nodePort(environment, parsed.node, parsed.port),
          parsed.field ? [parsed.field] : [],
        )
      : named(environment, parsed.name, parsed.rest);
  if (wire !== undefined) return wire;
  throw issueError("ref.unknown", `${formatRef(parsed)} names nothing here`, {
    node: environment.prefix.replace(/\/$/, ""),
  });
}

function nodePort(environment: Environment, node: string, portName: string): Wire | undefined {
  for (let e: Environment | null = environment; e !== null; e = e.outer)
    if (Object.hasOwn(e.body, node)) return e.maker.node(e, node)[portName];
  return undefined;
}

function named(environment: Environment, name: string, rest: readonly string[]): Wire | undefined {
  for (let e: Environment | null = environment; e !== null; e = e.outer) {
    const [rail, ...fields] = rest;
    if (e.zone === name && rail !== undefined) return railWire(e, rail, fields);
    if (e.names.has(name)) return railWire(e, name, rest);
  }
  return undefined;
}

/** A rail of one zone, or a slot: `.1` and `.2` are the values one and two iterations ago. */
function railWire(
  { names, history }: Environment,
  rail: string,
  rest: readonly string[],
): Wire | undefined {
  const [age, ...fields] = rest;
  if (age === "1" || age === "2") return withFields(history.get(rail)?.[Number(age) - 1], fields);
  return withFields(names.get(rail), rest);
}

function withFields(wire: Wire | undefined, fields: readonly string[]): Wire | undefined {
  return fields.reduce<Wire | undefined>((w, field) => (w ? fieldOf(w, field) : undefined), wire);
}
