import { produce } from "immer";
import { z } from "zod";
import type { AnyNode, Registry } from "../../../runtime/graph/define-node.ts";
import type { Block, Document, Node, Zone } from "../../../runtime/graph/document.ts";
import { isPlainNode, isRepeat, isWhile, isZone } from "../../../runtime/graph/document.ts";
import { isExpressionText } from "../../../runtime/graph/expression.ts";
import { own } from "../../../runtime/graph/own.ts";
import { IssueError } from "../../../runtime/base/issue.ts";
import { readParams } from "../../../runtime/graph/params.ts";
import type { Scope } from "../../../runtime/graph/scope.ts";
import type { Analysis } from "../../document/analysis.ts";
import type { Recipe } from "../../document/history.ts";
import type { Key } from "../../document/keys.ts";

export type ParamShapes = Pick<AnyNode, "params" | "scalars" | "ports">;

/** A thing with params: a node, a zone, a use of a block, or a node that stands as the default of a slot. */
export interface ParamHost {
  /** What `params` stands in. */
  readonly key: Key;
  readonly shapes: ParamShapes;
  readonly given: Readonly<Record<string, unknown>>;
  readonly wires: Readonly<Record<string, string>>;
  /** Where its expressions are read; null for a default, which sees nothing around it. */
  readonly scope: Scope | null;
}

/** The params that a node can have; null for a ghost. */
export function shapesOfNode(
  node: Node,
  blocks: Document["blocks"],
  registry: Registry,
): ParamShapes | null {
  if (isZone(node)) return shapesOfZone(node);
  if (isPlainNode(node)) return registry.find(node.type, node.v) ?? null;
  const block = own(blocks, node.use);
  return block === undefined ? null : shapesOfBlock(block);
}

/** Params of a zone, which no definition describes. */
function shapesOfZone(zone: Zone): ParamShapes {
  const none = z.strictObject({});
  if (isRepeat(zone)) return repeatShapes;
  return isWhile(zone) ? whileShapes : { params: none, scalars: none };
}

const repeatShapes: ParamShapes = {
  params: z.strictObject({}),
  scalars: z.strictObject({ count: z.int().min(0) }),
};
const whileShapes: ParamShapes = {
  params: z.strictObject({ max: z.int().min(1) }),
  scalars: z.strictObject({}),
};

const blocks = new WeakMap<Block, ParamShapes>();

/** The scalar slots of a block: what a use of it may set. */
function shapesOfBlock(block: Block): ParamShapes {
  const before = blocks.get(block);
  if (before !== undefined) return before;
  const scalars = Object.entries(block.inputs)
    .filter(([, slot]) => slot.kind === "scalar")
    .map(([name, slot]) => [name, slotNumber(slot.default)] as const);
  const shapes = {
    params: z.strictObject({}),
    scalars: z.strictObject(Object.fromEntries(scalars)),
  };
  blocks.set(block, shapes);
  return shapes;
}

const slotNumber = (fallback: unknown): z.ZodType =>
  typeof fallback === "number" ? z.number().default(fallback) : z.number().optional();

/**
 * Why a param may not take a value, in the engine's words; null where it may. An expression is tried on a copy of the
 * whole document, for its names mean something only there.
 */
export function whyNotParam(
  host: ParamHost,
  name: string,
  value: unknown,
  trial: {
    readonly set: Recipe;
    readonly of: Document;
    readonly analyse: (d: Document) => Analysis;
  },
): string | null {
  if (isExpressionText(value)) {
    const [issue] = trial
      .analyse(produce(trial.of, trial.set))
      .issuesAt(`${host.key}/params/${name}`);
    return issue === undefined ? null : sentenceOf(issue);
  }
  const given = { ...host.given, [name]: value };
  const { faults } = readParams(host.shapes, given, Object.keys(host.wires));
  const fault = faults.find(({ path }) => path[0] === name);
  return fault === undefined ? whyNoPorts(host, name, given) : sentenceOf(fault);
}

/** Why the node would have no ports with these params, where this one is to blame. */
function whyNoPorts({ shapes, wires }: ParamHost, name: string, given: ParamHost["given"]) {
  const { params } = readParams(shapes, given, Object.keys(wires));
  if (params === null) return null;
  try {
    shapes.ports?.(params);
    return null;
  } catch (error) {
    if (!(error instanceof IssueError)) throw error;
    const issue = error.issues.find(({ at }) => at.path?.[0] === name);
    return issue === undefined ? null : sentenceOf(issue);
  }
}

const sentenceOf = ({
  message,
  fix,
}: {
  readonly message: string;
  readonly fix?: string;
}): string => (fix === undefined ? message : `${message} ${fix}`);
