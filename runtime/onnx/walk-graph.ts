import type {
  FunctionProto,
  GraphProto,
  NodeProto,
  SparseTensorProto,
  TensorProto,
} from "onnx-buf";
import type { Issue } from "../base/issue.ts";
import type { Recorder } from "../trace/recorder.ts";
import { attributesOf, placeOf, weightLookup, type Frame } from "./frame.ts";
import type { WeightSource } from "./model.ts";
import { createNodeReader, type NodeReader } from "./node-reader.ts";
import type { Entry } from "./operand.ts";
import { namesRead, orderNodes } from "./order-nodes.ts";
import { decodeSparse, decodeTensor } from "./proto/decode-tensor.ts";
import { isStandard, rowOf } from "./read/table.ts";
import { endsWalk, issuesOf, tooMuch, unknownOperator, unwritten } from "./walk-issues.ts";
import type { OperandWriter } from "./write-operands.ts";

interface WalkContext {
  readonly recorder: Recorder;
  readonly writer: OperandWriter;
  readonly weights: WeightSource;
  readonly functions: readonly FunctionProto[];
}

/** What every output stands for, or null where its node could not be read. */
type Results = readonly (Entry | null)[];

interface Walker {
  readonly recorder: Recorder;
  readonly writer: OperandWriter;
  readonly weights: WeightSource;
  readonly functions: ReadonlyMap<string, FunctionProto>;
  readonly issues: Issue[];
  /** Nodes met, those of every written-out function counted again. */
  readonly met: { nodes: number };
}

/** A straight list of nodes and the names that are wanted of it. */
interface Body {
  readonly nodes: readonly NodeProto[];
  readonly outputs: readonly string[];
}

const deepest = 50;
const mostNodes = 500_000;

/**
 * Reads a graph into the recorder, node by node. Functions and taken branches are written out where
 * they stand. A node that cannot be read becomes an issue and the walk goes on; what follows from it
 * is left out. Issues come in the order of the nodes.
 */
export function walkGraph(
  graph: GraphProto,
  frame: Frame,
  { recorder, writer, weights, functions }: WalkContext,
): { readonly outputs: Results; readonly issues: readonly Issue[] } {
  const byKey = new Map(functions.map((f) => [functionKey(f), f]));
  const walker: Walker = {
    recorder,
    writer,
    weights,
    functions: byKey,
    issues: [],
    met: { nodes: 0 },
  };
  const lookup = weightLookup(graph, weights, frame.lookup);
  const outputs = walkBody(walker, bodyOf(graph), { ...frame, lookup });
  return { outputs, issues: walker.issues };
}

function walkBody(walker: Walker, { nodes, outputs }: Body, frame: Frame): Results {
  walker.met.nodes += nodes.length;
  if (frame.depth > deepest) throw tooMuch(frame, `more than ${deepest} bodies inside each other`);
  if (walker.met.nodes > mostNodes) throw tooMuch(frame, `more than ${mostNodes} nodes`);
  const written = new Map<string, Entry | null>();
  const inner: Frame = {
    ...frame,
    lookup: (name) => (written.has(name) ? written.get(name) : frame.lookup(name)),
  };
  const ordered = orderNodes(nodes, outputs);
  const read = new Set([...outputs, ...ordered.flatMap(namesRead)]);
  for (const node of ordered) {
    const results = collected(walker, node, inner, read);
    node.output.forEach((name, i) => written.set(name, results[i] ?? null));
  }
  return outputs.map((name) => found(name, inner));
}

/** The results of a node, or none, and its issues put with the others. */
function collected(
  walker: Walker,
  node: NodeProto,
  frame: Frame,
  read: ReadonlySet<string>,
): Results {
  try {
    return walkNode(walker, node, frame, read);
  } catch (error) {
    if (endsWalk(error)) throw error;
    walker.issues.push(...issuesOf(error, placeOf(node, frame), node.opType));
    return [];
  }
}

function walkNode(
  walker: Walker,
  node: NodeProto,
  frame: Frame,
  read: ReadonlySet<string>,
): Results {
  const domain = isStandard(node.domain) ? "" : node.domain;
  const { opType, overload } = node;
  const body = walker.functions.get(functionKey({ domain, name: opType, overload }));
  const row = rowOf(domain, opType);
  const branches = domain === "" && opType === "If";
  if (body === undefined && row === undefined && !branches) throw unknownOperator(node, frame);
  const inputs = node.input.map((name) => (name === "" ? null : found(name, frame)));
  // What an earlier issue left out is not reported again by all that follows.
  if (inputs.some((input, i) => input === null && node.input[i] !== "")) return [];
  if (body !== undefined) return walkFunction(walker, node, { body, inputs }, frame);
  const reader = readerOf(walker, node, { inputs, read }, frame);
  if (row === undefined) return walkBranch(walker, reader, frame);
  walker.recorder.setOrigin(placeOf(node, frame));
  const results = row(reader);
  return "length" in results ? results : [results];
}

function readerOf(
  { writer, weights }: Walker,
  node: NodeProto,
  { inputs, read }: { readonly inputs: Results; readonly read: ReadonlySet<string> },
  frame: Frame,
): NodeReader {
  const source = {
    opType: node.opType,
    opset: frame.opsets.get(isStandard(node.domain) ? "" : node.domain) ?? 1,
    place: placeOf(node, frame),
    inputs,
    wanted: node.output.map((name) => name !== "" && read.has(name)),
    attributes: attributesOf(node, frame),
    decode: (proto: TensorProto) => decodeTensor(proto, weights),
    decodeSparse: (proto: SparseTensorProto) => decodeSparse(proto, weights),
  };
  return createNodeReader(source, writer);
}

/** Only the branch that the known condition takes is read. */
function walkBranch(walker: Walker, reader: NodeReader, frame: Frame): Results {
  const [condition] = reader.knownNumbers(0) ?? [];
  const branch = reader.graph(condition === 0 ? "else_branch" : "then_branch");
  if (branch === null)
    return reader.refuse("it lacks the branch to take", "Export the model again.");
  const lookup = weightLookup(branch, walker.weights, frame.lookup);
  return walkBody(walker, bodyOf(branch), { ...frame, lookup, depth: frame.depth + 1 });
}

function walkFunction(
  walker: Walker,
  node: NodeProto,
  { body, inputs }: { readonly body: FunctionProto; readonly inputs: Results },
  frame: Frame,
): Results {
  const given = new Map(body.input.map((name, i) => [name, inputs[i] ?? null]));
  const opsets = body.opsetImport.map(
    ({ domain, version }) => [isStandard(domain) ? "" : domain, Number(version)] as const,
  );
  const defaults = body.attributeProto.map((attribute) => [attribute.name, attribute] as const);
  return walkBody(
    walker,
    { nodes: body.node, outputs: body.output },
    {
      lookup: (name) => given.get(name),
      opsets: opsets.length === 0 ? frame.opsets : new Map(opsets),
      attributes: new Map([...defaults, ...attributesOf(node, frame)]),
      prefix: `${placeOf(node, frame)}/`,
      depth: frame.depth + 1,
    },
  );
}

function bodyOf({ node, output }: GraphProto): Body {
  return { nodes: node, outputs: output.map(({ name }) => name) };
}

function functionKey(named: Pick<FunctionProto, "domain" | "name" | "overload">): string {
  return `${isStandard(named.domain) ? "" : named.domain}\0${named.name}\0${named.overload}`;
}

function found(name: string, frame: Frame): Entry | null {
  const entry = frame.lookup(name);
  if (entry === undefined) throw unwritten(name);
  return entry;
}
