import { IssueError, issueError } from "../base/issue.ts";
import type { Registry } from "../graph/define-node.ts";
import type { Document } from "../graph/document.ts";
import type { Value } from "../ir/primitives.ts";
import type { Shape, TensorData } from "../tensor/tensor.ts";
import { newScope } from "../trace/host.ts";
import type { Assets } from "./assets.ts";
import { bodiesOf } from "./barriers.ts";
import type { Build, Param } from "./build.ts";
import { located, maker } from "./elaborate.ts";
import { buildBody, newEnvironment, resolve, type Environment } from "./environment.ts";
import { refuseHuge, refuseHugeInputs } from "./refuse-huge.ts";
import { matchMeasurement } from "./match-measurement.ts";
import { newRegion, type Region } from "./region.ts";
import { defaultWire, feedWire, type Feed } from "./slots.ts";
import type { Wire } from "./wires.ts";

/** What is compiled together: a graph, the task that feeds its slots, and what is fed from outside. */
export interface CompileRequest {
  readonly document: Document;
  readonly task?: Document;
  /** By slot name: the task's slots first, else the graph's. */
  readonly feeds: Readonly<Record<string, Feed>>;
  /** Samples in a run: the batch axis. */
  readonly batch: number;
  readonly registry: Registry;
  readonly assets: Assets;
}

export interface CompiledOutput {
  readonly name: string;
  readonly wire: Wire;
}

/** A graph ready to be planned and run: regions of equations and barriers, nothing executed. */
export interface Compiled {
  readonly root: Region;
  readonly outputs: readonly CompiledOutput[];
  readonly params: ReadonlyMap<string, Param>;
  /** Tensors given from outside, and what they are by default. */
  readonly externals: ReadonlyMap<Value, TensorData>;
  /** Whether all samples of the batch are of one signal, repeated. */
  readonly oneSignal: boolean;
  /** Every region with its tensor wires; paths as in the file. */
  readonly regions: readonly Region[];
  readonly warnings: readonly { readonly node: string; readonly message: string }[];
  /** Of every tensor that has a name, the batch first: `anneal/denoise.x0`, `@measurement`. */
  readonly shapes: Readonly<Record<string, Shape>>;
  /** Outputs that were left out, and why. */
  readonly leftOut: readonly { readonly name: string; readonly why: string }[];
}

/**
 * Builds every node of the graph and of its task.
 *
 * @throws IssueError with located sentences; nothing has been executed.
 */
export function compile(request: CompileRequest): Compiled {
  refuseHugeInputs(givenTensors(request), request.batch);
  const root = newRegion(newScope(null, ""), null, request.batch);
  const warnings: { node: string; message: string }[] = [];
  const build: Build = {
    registry: request.registry,
    assets: request.assets,
    params: new Map(),
    externals: new Map(),
    given: [],
    root: root.scope,
    warn: (message, node) => warnings.push({ node, message }),
  };
  const taskOutputs =
    request.task === undefined ? [] : buildTask(build, root, request, request.task);
  const given = new Map(taskOutputs);
  const main = documentEnvironment(build, root, request.document, "");
  fillSlots(main, request, (name) => given.get(name));
  matchMeasurement(main.names, request.document);
  requireSlots(main, request.document);
  buildBody(main);
  const outputs = Object.entries(request.document.outputs).map(([name, ref]) => ({
    name,
    wire: resolve(main, ref),
  }));
  const names = new Set(outputs.map(({ name }) => name));
  for (const [name, wire] of taskOutputs)
    if (
      !names.has(name) &&
      (wire.kind === "tensor" || !Object.hasOwn(request.document.inputs, name))
    )
      outputs.push({ name, wire });
  const regions = allRegions(root);
  refuseHuge(regions);
  return {
    root,
    outputs: outputs.filter(({ wire }) => wire.kind !== "absent"),
    params: build.params,
    externals: build.externals,
    oneSignal: build.given.every((samples) => samples === 1),
    regions,
    shapes: shapesOf(main, regions),
    warnings,
    leftOut: outputs.flatMap(({ name, wire }) =>
      wire.kind === "absent" ? [{ name, why: wire.why }] : [],
    ),
  };
}

/** Tensors that come from outside, under the names that messages use. */
function givenTensors({
  feeds,
  assets,
}: CompileRequest): readonly (readonly [string, TensorData])[] {
  const fed = Object.entries(feeds).flatMap(([name, feed]) =>
    feed.kind === "tensor" ? [[`@${name}`, feed.data] as const] : [],
  );
  return [...fed, ...assets.tensors];
}

function documentEnvironment(
  build: Build,
  region: Region,
  document: Document,
  prefix: string,
): Environment {
  return newEnvironment({
    build,
    maker,
    region,
    outer: null,
    prefix,
    body: document.graph,
    names: new Map(),
    blocks: document.blocks,
  });
}

/** What paths of the task's nodes begin with. */
const taskName = "task";

function buildTask(
  build: Build,
  root: Region,
  request: CompileRequest,
  task: Document,
): readonly (readonly [string, Wire])[] {
  if (Object.hasOwn(request.document.graph, taskName))
    throw issueError(
      "graph.reserved-name",
      `${taskName} names the nodes of the task, so no node of the graph may be called that.`,
      { path: ["graph", taskName], node: taskName },
      { fix: "Rename the node." },
    );
  const environment = documentEnvironment(build, root, task, `${taskName}/`);
  const measured = Object.entries(request.document.inputs).some(
    ([name, { kind }]) =>
      kind === "measurement" &&
      Object.hasOwn(request.feeds, name) &&
      !Object.hasOwn(task.inputs, name),
  );
  fillSlots(environment, request, (name) =>
    measured && task.inputs[name]?.optional === true
      ? { kind: "absent", why: `a measurement was given, so there is no ${name}` }
      : undefined,
  );
  buildBody(environment);
  return Object.entries(task.outputs).map(
    ([name, ref]) => [name, resolve(environment, ref)] as const,
  );
}

/** Fills `@name` of every slot: a feed that is not the task's, else `given`, else the default. */
function fillSlots(
  environment: Environment,
  request: CompileRequest,
  given: (name: string) => Wire | undefined,
): void {
  const isTask = environment.prefix !== "";
  const document = isTask ? request.task : request.document;
  for (const [name, slot] of Object.entries(document?.inputs ?? {})) {
    const path = `${environment.prefix}@${name}`;
    const feed = request.feeds[name];
    const taken = !isTask && request.task !== undefined && Object.hasOwn(request.task.inputs, name);
    const wire = located(path, () =>
      feed !== undefined && !taken
        ? feedWire(environment, feed, path)
        : (given(name) ?? defaultWire(environment, slot, path)),
    );
    environment.names.set(name, wire);
  }
}

function requireSlots(environment: Environment, document: Document): void {
  const missing = Object.entries(document.inputs).filter(
    ([name, slot]) => slot.optional !== true && environment.names.get(name)?.kind === "absent",
  );
  if (missing.length === 0) return;
  throw new IssueError(
    missing.map(([name, slot]) => ({
      code: "slot.missing",
      message: `This graph needs ${/^[aeiou]/.test(slot.kind) ? "an" : "a"} ${slot.kind} in its input ${name}, and none was given.`,
      at: { path: ["inputs", name] },
      fix: "Give a task (--task), a node (--with) or a file (--in).",
    })),
  );
}

function shapesOf({ names }: Environment, regions: readonly Region[]): Compiled["shapes"] {
  const slots = [...names].flatMap(([name, wire]) =>
    wire.kind === "tensor" ? [[`@${name}`, wire.value.shape] as const] : [],
  );
  const wires = regions.flatMap(({ wires: all }) =>
    all.map(({ path, value }) => [path, value.shape] as const),
  );
  return Object.fromEntries([...slots, ...wires]);
}

/** The region and all inside it, each before those inside of it. */
function allRegions(region: Region): readonly Region[] {
  return [region, ...region.barriers.flatMap(bodiesOf).flatMap(allRegions)];
}
