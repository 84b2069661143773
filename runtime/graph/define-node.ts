import type { z } from "zod";
import type { Value } from "../ir/primitives.ts";
import type { Shape, TensorData } from "../tensor/tensor.ts";
import type { Host } from "../trace/host.ts";
import type { PortType } from "./ports.ts";
import type {
  Level,
  NetworkModel,
  OperatorValue,
  Prior,
  PriorContext,
  Scalar,
  Schedule,
} from "./values.ts";

/** What a wire of each kind holds while a graph is compiled. */
export interface PortValues {
  tensor: Value;
  scalar: Scalar;
  number: Value | Scalar;
  level: Host<Level>;
  list: Host<readonly (number | Level)[]>;
  schedule: Host<Schedule>;
  operator: OperatorValue;
  prior: Prior;
}
export type PortValue = PortValues[PortType["kind"]];

/** An input: its type, and whether the node works without it. */
export type InputPort = PortType & { readonly optional?: boolean };

/** An input that may be left unwired. */
export function optional<P extends PortType>(type: P): P & { readonly optional: true } {
  return { ...type, optional: true };
}

export type Ports<P extends PortType = PortType> = Readonly<Record<string, P>>;

type InputValues<I extends Ports<InputPort>> = {
  readonly [K in keyof I]: I[K] extends { readonly optional: true }
    ? PortValues[I[K]["kind"]] | undefined
    : PortValues[I[K]["kind"]];
};
/** An optional output may be absent: what reads it says so. */
type OutputValues<O extends Ports> = {
  readonly [K in keyof O]: O[K] extends { readonly optional: true }
    ? PortValues[O[K]["kind"]] | undefined
    : PortValues[O[K]["kind"]];
};

/** Something outside the graph that a node needs before it is built. */
export type AssetRef =
  | { readonly kind: "image"; readonly file: string; readonly path: readonly (string | number)[] }
  | { readonly kind: "tensor"; readonly file: string; readonly path: readonly (string | number)[] }
  | { readonly kind: "model"; readonly file: string; readonly path: readonly (string | number)[] };

export interface ModelAsset extends NetworkModel {
  /** The model's card (JSON beside the file), unread. */
  readonly card: unknown;
}

export interface NoiseOptions {
  /** Samples that share one given signal share the draw: noise of a measurement, made once however often it is solved. */
  readonly perSignal?: boolean;
}

/** What a build writes with. Everything it emits becomes part of the step function of its zone. */
export interface BuildContext extends PriorContext {
  /** The node's path in the graph, `anneal/denoise`. */
  readonly path: string;
  /** Samples in the batch: the first axis of every tensor. */
  readonly batch: number;
  /** Standard normal noise [batch, …shape] from a named stream, drawn once an iteration of this zone. */
  noise(stream: string, shape: Shape, options?: NoiseOptions): Value;
  /** Data from outside the graph, given when a run starts: not part of the program. One sample is repeated over the batch. */
  input(data: TensorData): Value;
  /** A loaded asset. */
  image(file: string): TensorData;
  tensor(file: string): TensorData;
  model(file: string): ModelAsset;
  /** ∇ of `of` (summed over each sample) with respect to `wrt`, through priors and operators; `cotangent` for a tensor `of`. */
  gradient(of: Value, wrt: Value, cotangent?: Value): Value;
  /** The same tensor; no gradient passes. */
  stopGradient(x: Value): Value;
  /** A device scalar [batch] as a host number (of the first sample); costs a wait for the device. */
  readBack(value: Value): Host<number>;
  /** A situation the user should know of; the run goes on. */
  warn(message: string): void;
}

export interface NodeDefinition<
  P extends z.ZodObject = z.ZodObject,
  S extends z.ZodObject = z.ZodObject,
  I extends Ports<InputPort> = Ports<InputPort>,
  O extends Ports = Ports,
> {
  /** `family/kebab-name`. */
  readonly type: string;
  readonly v: number;
  readonly title: string;
  /** One paragraph: what it does and when to use it. */
  readonly summary: string;
  /** LaTeX. */
  readonly formula: string;
  /** The sign in the formula that a param is, where its name does not say it: `sigmaMax` is `\sigma_{\max}` by itself. */
  readonly symbols?: Readonly<Record<string, string>>;
  /** The formula and its signs where the params write them; replaces `formula` and `symbols`. */
  formulaOf?(params: z.infer<P>): {
    readonly formula: string;
    readonly symbols: Readonly<Record<string, string>>;
  };
  /** Paper, section, equation; or "Denoodle" for our own. */
  readonly source: string;
  /** Params that shape the program: changing one recompiles. */
  readonly params: P;
  /** Number params that do not: each is an input of the same name too, and may be an expression. */
  readonly scalars: S;
  readonly inputs: I;
  readonly outputs: O;
  /** What the numbers of an output are counted in, where they are: `dB`. */
  readonly units?: Readonly<Record<string, string>>;
  /** Ports that depend on params (expressions, networks); replaces `inputs` and `outputs`. */
  ports?(params: z.infer<P>): { readonly inputs: Ports<InputPort>; readonly outputs: Ports };
  /** The type of a node with the same ports in whose place this one can be put, with these params, where an operator lacks what that one needs. */
  readonly standsFor?: {
    readonly type: string;
    readonly params: Readonly<Record<string, unknown>>;
  };
  assets?(params: z.infer<P>): readonly AssetRef[];
  /** Inputs whose absence makes the node absent are all that are not optional. */
  build(args: {
    readonly params: z.infer<P>;
    readonly scalars: { readonly [K in keyof z.infer<S>]: Scalar };
    readonly inputs: InputValues<I>;
    readonly ctx: BuildContext;
  }): OutputValues<O>;
}

/** A definition whose types are forgotten: what the registry holds. */
export interface AnyNode extends Omit<NodeDefinition, "build"> {
  build(args: {
    readonly params: never;
    readonly scalars: never;
    readonly inputs: never;
    readonly ctx: BuildContext;
  }): Readonly<Record<string, PortValue>>;
}

/** Types a node definition by its own ports and params. */
export function defineNode<
  P extends z.ZodObject,
  S extends z.ZodObject,
  const I extends Ports<InputPort>,
  const O extends Ports,
>(definition: NodeDefinition<P, S, I, O>): AnyNode {
  return definition as unknown as AnyNode;
}

/** All known nodes: handed in, never imported by the runtime. */
export interface Registry {
  /** Latest first. */
  versions(type: string): readonly AnyNode[];
  find(type: string, v: number): AnyNode | undefined;
  readonly types: readonly string[];
}

export function createRegistry(definitions: readonly AnyNode[]): Registry {
  const byType = new Map<string, AnyNode[]>();
  for (const definition of definitions) {
    const versions = byType.get(definition.type) ?? [];
    if (versions.some(({ v }) => v === definition.v))
      throw new Error(`createRegistry: ${definition.type} v${definition.v} is defined twice`);
    byType.set(
      definition.type,
      [...versions, definition].toSorted((a, b) => b.v - a.v),
    );
  }
  return {
    versions: (type) => byType.get(type) ?? [],
    find: (type, v) => byType.get(type)?.find((definition) => definition.v === v),
    types: [...byType.keys()].toSorted(),
  };
}
