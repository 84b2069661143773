import type { FunctionProto, GraphProto, NodeProto } from "onnx-buf";
import { IssueError, issueError, type Issue } from "../base/issue.ts";
import type { Recorder } from "../trace/recorder.ts";
import { attributesOf, placeOf, weightLookup, type Frame } from "./frame.ts";
import type { ReadExternal } from "./model.ts";
import { createNodeReader, type NodeReader } from "./node-reader.ts";
import type { Operand } from "./operand.ts";
import { namesRead, orderNodes } from "./order-nodes.ts";
import { decodeSparse, decodeTensor } from "./proto/decode-tensor.ts";
import { isStandard, rowOf } from "./read/table.ts";
import type { OperandWriter } from "./write-operands.ts";

interface WalkContext {
  readonly recorder: Recorder;
  readonly writer: OperandWriter;
  readonly external: ReadExternal | null;
  readonly functions: readonly FunctionProto[];
}

/** An operand of every output, or null where its node could not be read. */
type Results = readonly (Operand | null)[];

export interface Walk {
  readonly outputs: Results;
  /** Everything that could not be read, in the order of the nodes. */
  readonly issues: readonly Issue[];
}

const deepest = 50;
const mostNodes = 500_000;

/**
 * Reads a graph into the recorder, node by node. Functions and taken branches are written out where
 * they stand. A node that cannot be read becomes an issue and the walk goes on.
 */
export function walkGraph(graph: GraphProto, frame: Frame, context: WalkContext): Walk {
  const { recorder, writer, external } = context;
  const functions = new Map(context.functions.map((f) => [functionKey(f), f]));
  const issues: Issue[] = [];
  let visited = 0;

  function walkBody(nodes: readonly NodeProto[], outputs: readonly string[], frame: Frame): Results {
    if (frame.depth > deepest) throw tooMuch(frame, `more than ${deepest} bodies inside each other`);
    const written = new Map<string, Operand | null>();
    const inner: Frame = {
      ...frame,
      lookup: (name) => (written.has(name) ? written.get(name) : frame.lookup(name)),
    };
    const ordered = orderNodes(nodes, outputs);
    const read = new Set([...outputs, ...ordered.flatMap(namesRead)]);
    for (const node of ordered) {
      visited += 1;
      if (visited > mostNodes) throw tooMuch(frame, `more than ${mostNodes} nodes`);
      const results = collected(node, inner, () => walkNode(node, inner, read));
      node.output.forEach((name, i) => written.set(name, results[i] ?? null));
    }
    return outputs.map((name) => found(name, inner));
  }

  /** The results of `walk`, or none and its issues put with the others. */
  function collected(node: NodeProto, frame: Frame, walk: () => Results): Results {
    try {
      return walk();
    } catch (error) {
      issues.push(...issuesOf(error, placeOf(node, frame), node.opType));
      return [];
    }
  }

  function walkNode(node: NodeProto, frame: Frame, read: ReadonlySet<string>): Results {
    const domain = isStandard(node.domain) ? "" : node.domain;
    const body = functions.get(functionKey({ domain, name: node.opType, overload: node.overload }));
    const row = rowOf(domain, node.opType);
    const isBranch = domain === "" && node.opType === "If";
    if (body === undefined && row === undefined && !isBranch) throw unknownOperator(node, frame);
    const inputs = node.input.map((name) => (name === "" ? null : found(name, frame)));
    // What an earlier issue left out is not reported again by all that follows.
    if (inputs.some((input, i) => input === null && node.input[i] !== "")) return [];
    const reader = readerOf(node, frame, inputs, read);
    if (body !== undefined) return walkFunction(node, body, frame, inputs);
    if (row === undefined) return walkBranch(reader, node, frame);
    recorder.setOrigin(placeOf(node, frame));
    const results = row(reader);
    return "shape" in results ? [results] : results;
  }

  function readerOf(node: NodeProto, frame: Frame, inputs: Results, read: ReadonlySet<string>): NodeReader {
    const source = {
      opType: node.opType,
      opset: frame.opsets.get(isStandard(node.domain) ? "" : node.domain) ?? 1,
      place: placeOf(node, frame),
      inputs,
      wanted: node.output.map((name) => name !== "" && read.has(name)),
      attributes: attributesOf(node, frame),
      decode: (proto: Parameters<typeof decodeTensor>[0]) => decodeTensor(proto, external),
      decodeSparse: (proto: Parameters<typeof decodeSparse>[0]) => decodeSparse(proto, external),
    };
    return createNodeReader(source, writer);
  }

  function walkBranch(reader: NodeReader, node: NodeProto, frame: Frame): Results {
    const [condition] = reader.knownNumbers(0) ?? [];
    const branch = reader.graph(condition === 0 ? "else_branch" : "then_branch");
    if (branch === null) return reader.refuse("it lacks the branch to take", "Export the model again.");
    const names = branch.output.map(({ name }) => name);
    const lookup = weightLookup(branch, external, frame.lookup);
    return walkBody(branch.node, names, { ...frame, lookup, depth: frame.depth + 1 }).slice(0, node.output.length);
  }

  function walkFunction(node: NodeProto, body: FunctionProto, frame: Frame, inputs: Results): Results {
    const given = new Map(body.input.map((name, i) => [name, inputs[i] ?? null]));
    const opsets = body.opsetImport.map(({ domain, version }) => [isStandard(domain) ? "" : domain, Number(version)] as const);
    const defaults = body.attributeProto.map((attribute) => [attribute.name, attribute] as const);
    return walkBody(body.node, body.output, {
      lookup: (name) => given.get(name),
      opsets: opsets.length === 0 ? frame.opsets : new Map(opsets),
      attributes: new Map([...defaults, ...attributesOf(node, frame)]),
      prefix: `${placeOf(node, frame)}/`,
      depth: frame.depth + 1,
    });
  }

  const outputs = walkBody(graph.node, graph.output.map(({ name }) => name), {
    ...frame,
    lookup: weightLookup(graph, external, frame.lookup),
  });
  return { outputs, issues };
}

function functionKey({ domain, name, overload }: { domain: string; name: string; overload: string }): string {
  return `${isStandard(domain) ? "" : domain}\0${name}\0${overload}`;
}

function found(name: string, frame: Frame): Operand | null {
  const operand = frame.lookup(name);
  if (operand !== undefined) return operand;
  throw issueError("model.unreadable", `The model reads "${name}", which nothing in it writes.`, { node: name }, {
    fix: "Export the model again.",
  });
}

/** What a node's failure says to the user; anything but an issue or a row's sentence is a fault of ours. */
function issuesOf(error: unknown, place: string, opType: string): readonly Issue[] {
  if (error instanceof IssueError)
    return error.issues.map((issue) => ({ ...issue, at: { node: place, ...issue.at } }));
  if (!(error instanceof RangeError)) throw error;
  const message = `The model's node "${place}" (${opType}) does not accept its inputs: ${error.message}.`;
  return [{ code: "model.shape", message, at: { node: place }, fix: "Give input shapes that the model accepts." }];
}

function unknownOperator(node: NodeProto, frame: Frame): IssueError {
  const domain = isStandard(node.domain) ? "" : `${node.domain}.`;
  return issueError(
    "model.unsupported-operator",
    `The model's node "${placeOf(node, frame)}" is a ${domain}${node.opType}, which is not among the operators that programs are made of.`,
    { node: placeOf(node, frame) },
    { got: `${domain}${node.opType}`, fix: "Export the model so that this part uses standard operators, or remove it from the model." },
  );
}

function tooMuch({ prefix }: Frame, what: string): IssueError {
  return issueError("model.too-large", `The model holds ${what}.`, prefix === "" ? {} : { node: prefix });
}
