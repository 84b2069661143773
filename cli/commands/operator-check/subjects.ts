import { registry } from "../../../nodes/index.ts";
import { issueError } from "../../../runtime/base/issue.ts";
import type { AnyNode } from "../../../runtime/graph/define-node.ts";
import { suggestion } from "../../../runtime/graph/nearest.ts";
import { isPlainNode, type Document } from "../../../runtime/graph/document.ts";
import { isIssue, parseRef } from "../../../runtime/graph/refs.ts";
import { validate } from "../../../runtime/graph/validate.ts";
import type { OperatorValue } from "../../../runtime/graph/values.ts";
import type { Shape } from "../../../runtime/tensor/tensor.ts";
import { loadAssets, type LoadedAssets } from "../../assets/load.ts";
import { neededByDocument, neededByFeed } from "../../../runtime/compile/needed-assets.ts";
import { findAsset, loadTensor } from "../../assets/source.ts";
import { shippedFile } from "../../library.ts";
import { FileIssues, readGraphFile, type GraphFile } from "../../run/graph-file.ts";
import { parseFeed } from "../../run/parse-settings.ts";
import type { Subject } from "../operator-check.ts";
import { makeOperator, operatorPort, wantsBesides } from "./make.ts";

/** Signals for operators that nothing gives one: a colour picture, a mixture of four stems, points. */
const usualShapes: readonly Shape[] = [[3, 32, 32], [4, 256], [16]];

const noAssets = { tensors: new Map(), models: new Map() };

/** Every operator of the registry with the params that it has by itself. */
export function everyOperator(shape: Shape | undefined): readonly Subject[] {
  return registry.types.flatMap((type) => {
    const definition = latest(type);
    if (operatorPort(definition) === undefined || Object.keys(definition.inputs).length > 0)
      return [];
    return [
      {
        name: type,
        made: makeOperator(definition, { params: {}, assets: noAssets }),
        shapes: shapesOf(shape),
      },
    ];
  });
}

const shapesOf = (shape: Shape | undefined) => (shape === undefined ? usualShapes : [shape]);

function latest(type: string): AnyNode {
  const [definition] = registry.versions(type);
  if (definition === undefined) throw new Error(`internal: ${type} has no version`);
  return definition;
}

/**
 * The operator of `TYPE[:params]`, or those of a graph file and its task.
 *
 * @throws IssueError, FileIssues, UsageError.
 */
export async function namedOperators(
  text: string,
  shape: Shape | undefined,
  cwd: string,
): Promise<readonly Subject[]> {
  const type = operatorType(text);
  return type === null ? ofGraph(text, shape, cwd) : [await ofType(type, text, { shape, cwd })];
}

/** The type that a text names, the family left out or not; null for the name of a file. */
function operatorType(text: string): string | null {
  const [name = ""] = text.split(/[:@]/);
  const types = registry.types.filter((type) => type === name || type === `operator/${name}`);
  const [type] = types.filter((each) => operatorPort(latest(each)) !== undefined);
  if (type !== undefined || !name.startsWith("operator/")) return type ?? null;
  const fix = suggestion(name, registry.types);
  throw issueError(
    "node.unknown",
    `There is no node ${JSON.stringify(name)} that makes an operator.`,
    {},
    fix === undefined ? {} : { fix },
  );
}

interface Where {
  readonly shape: Shape | undefined;
  readonly cwd: string;
}

async function ofType(type: string, text: string, { shape, cwd }: Where): Promise<Subject> {
  const rest = text.slice((text.split(/[:@]/)[0] ?? "").length);
  const { feed } = parseFeed(`operator=${type}${rest}`);
  if (feed.kind !== "node") throw new Error("internal: a type is no number");
  const definition = feed.v === undefined ? latest(type) : registry.find(type, feed.v);
  if (definition === undefined)
    throw issueError("node.unknown", `There is no version ${feed.v} of ${type}.`);
  const missing = Object.keys(definition.inputs).filter(
    (name) => definition.inputs[name]?.optional !== true,
  );
  if (missing.length > 0)
    throw issueError(
      "input.missing",
      `${type} is made of other operators: ${missing.join(", ")}.`,
      {},
      { fix: "Check a graph that wires it." },
    );
  const assets = await loadAssets([
    {
      shown: "command line",
      folder: cwd,
      assets: neededByFeed(feed, [`--with ${text}`], registry),
    },
  ]);
  return {
    name: `${type}${rest}`,
    made: makeOperator(definition, { params: feed.params, assets }),
    shapes: shapesOf(shape),
  };
}

async function ofGraph(
  name: string,
  shape: Shape | undefined,
  cwd: string,
): Promise<readonly Subject[]> {
  const shelf = shippedFile("tasks", name) === null ? "samplers" : "tasks";
  const graph = await readGraphFile(name, shelf, cwd);
  const { task } = graph.document;
  const files = [graph];
  if (task !== undefined) files.push(await readGraphFile(task, "tasks", graph.folder));
  const subjects: Subject[] = [];
  for (const file of files) subjects.push(...(await ofFile(file, shape)));
  if (subjects.length > 0) return subjects;
  throw issueError("operator.none", `${graph.shown} and its task hold no operator.`);
}

async function ofFile(file: GraphFile, shape: Shape | undefined): Promise<readonly Subject[]> {
  const { document, shown } = file;
  const issues = validate(document, registry);
  if (issues.length > 0) throw new FileIssues(shown, issues);
  const assets = await loadAssets([
    { ...file, assets: neededByDocument(document, registry, new Set()) },
  ]);
  const signal = shape ?? (await pictureShape(file));
  const found = createFinder(document, assets);
  return found.all().map(({ name, made }) => ({
    name: `${file.shown} ${name}`,
    made,
    shapes: shapesOf(signal),
  }));
}

/** The shape of the picture that a graph brings. */
async function pictureShape({ document, folder }: GraphFile): Promise<Shape | undefined> {
  const given = Object.values(document.inputs).find(
    ({ kind, default: value }) =>
      kind === "signal" && typeof value === "object" && "asset" in value,
  )?.default;
  if (typeof given !== "object" || !("asset" in given)) return undefined;
  const kind = given.asset.endsWith(".npy") ? "tensor" : "image";
  const { shape } = await loadTensor(kind, findAsset(kind, given.asset, folder));
  return shape.slice(1);
}

type Made = OperatorValue | { readonly why: string };

/** Makes the operators of a graph's own level, each once, and those that they are made of before. */
function createFinder({ inputs, graph }: Document, assets: LoadedAssets) {
  const known = new Map<string, Made>();

  function slotOperator(name: string): Made {
    const given = inputs[name]?.default;
    if (given === undefined || typeof given === "number" || "asset" in given)
      return { why: `the slot ${name} is empty` };
    const definition = registry.find(given.type, given.v);
    return definition === undefined
      ? { why: `there is no ${given.type} version ${given.v}` }
      : makeOperator(definition, { params: given.params ?? {}, assets });
  }

  function nodeOperator(id: string): Made {
    const node = graph[id];
    if (node === undefined || !isPlainNode(node)) return { why: `${id} is no node that makes one` };
    const definition = registry.find(node.type, node.v);
    if (definition === undefined) return { why: `there is no ${node.type} version ${node.v}` };
    const [wanted] = wantsBesides(definition);
    if (wanted !== undefined) return { why: `it depends on ${id}.${wanted}, which a run computes` };
    const operators: Record<string, OperatorValue> = {};
    for (const [name, { kind }] of Object.entries(definition.inputs)) {
      const ref = node.in?.[name];
      if (kind !== "operator" || ref === undefined) continue;
      const made = operatorAt(ref);
      if ("why" in made) return made;
      operators[name] = made;
    }
    return makeOperator(definition, { params: node.params ?? {}, operators, assets });
  }

  function operatorAt(ref: string): Made {
    const parsed = parseRef(ref);
    if (isIssue(parsed)) return { why: parsed.message };
    const key = parsed.kind === "name" ? `@${parsed.name}` : parsed.node;
    const made =
      known.get(key) ??
      (parsed.kind === "name" ? slotOperator(parsed.name) : nodeOperator(parsed.node));
    known.set(key, made);
    return made;
  }

  return {
    /** What only hands on an operator is left out. */
    all() {
      const slots = Object.keys(inputs)
        .filter((name) => inputs[name]?.kind === "operator" && inputs[name].default !== undefined)
        .map((name) => `@${name}`);
      const nodes = Object.entries(graph).flatMap(([id, node]) => {
        const definition = isPlainNode(node) ? registry.find(node.type, node.v) : undefined;
        return definition !== undefined && operatorPort(definition) !== undefined ? [id] : [];
      });
      const named = [...slots, ...nodes].map((name) => ({
        name,
        made: operatorAt(name.startsWith("@") ? name : `${name}.operator`),
      }));
      return named.filter(
        ({ made }, i) =>
          named.findIndex((other) => other.made === made) === i && !isEmptySlot(made),
      );
    },
  };
}

const isEmptySlot = (made: Made) => "why" in made && made.why.endsWith("is empty");
