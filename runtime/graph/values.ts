import type { Value } from "../ir/primitives.ts";
import type { Emit } from "../ir/program.ts";
import type { Shape } from "../tensor/tensor.ts";
import type { Host } from "../trace/host.ts";

/** The pair of x = alpha x0 + sigma eps. VE (1, σ), VP (√ᾱ, √(1−ᾱ)) and flow (t, 1−t) are one thing. */
export interface Level {
  readonly alpha: number;
  readonly sigma: number;
}

/** Levels in the order they are visited, and after each the level it steps to. */
export interface Schedule {
  readonly levels: readonly Level[];
  readonly nextLevels: readonly Level[];
}

/** On the host: one float64. On the device: float32 [batch], one a sample. */
export type Scalar =
  | { readonly on: "host"; readonly host: Host<number> }
  | { readonly on: "device"; readonly value: Value };

/**
 * A forward operator A as a compile-time object; nodes ask for the columns they need.
 * Tensors are [batch, …]; `signal` and `measurement` are shapes without the batch axis.
 */
export interface Operator {
  readonly label: string;
  readonly linear: boolean;
  readonly signal: Shape;
  readonly measurement: Shape;
  apply(emit: OperatorEmit, x: Value): Value;
  /** (dA/dx)ᵀ r at x; absent where A has no derivative, and then no gradient passes `apply` either. */
  vjp?(emit: OperatorEmit, x: Value, r: Value): Value;
  adjoint?(emit: OperatorEmit, y: Value): Value;
  pinv?(emit: OperatorEmit, y: Value): Value;
  pinvTransposed?(emit: OperatorEmit, x: Value): Value;
  /** P = A⁺A. */
  projector?(emit: OperatorEmit, x: Value): Value;
  readonly svd?: {
    /** Spectral coordinates Vᵀx, [batch, …]; `singularValues` broadcasts against them. */
    toSpectral(emit: OperatorEmit, x: Value): Value;
    fromSpectral(emit: OperatorEmit, c: Value): Value;
    /** Uᵀy, zero-padded to the spectral shape. */
    measurementToSpectral(emit: OperatorEmit, y: Value): Value;
    singularValues(emit: OperatorEmit): Value;
  };
  /** What anyone would do first without a prior, where there is something better than A⁺ y. */
  baseline?(emit: OperatorEmit, y: Value): Value;
  /** x moved onto {A x = scale·y}; default x + A⁺(scale·y − A x). */
  project?(emit: OperatorEmit, x: Value, y: Value, scale: Scalar): Value;
  /** Variance of the equivalent noise on the signal for measurement noise of std `sigma`. */
  equivalentVariance?(sigma: number): number;
  readonly observedCount?: number;
  /** Largest eigenvalue of AᵀA (of the Jacobian's, for a nonlinear A; of what it rounds, for one without). */
  readonly lipschitz: number;
}

/** What operators and priors write with: equations, and host scalars as rank-0 tensors. */
export interface OperatorEmit extends Emit {
  /** A host scalar as a rank-0 float32 tensor; a device scalar as [batch, 1, …] of the given rank. */
  scalar(scalar: Scalar | Host<number> | number, rank?: number): Value;
}

/** An operator before it knows its signal space. */
export interface OperatorFamily {
  readonly label: string;
  /** Signal shape that yields measurements of this shape; null where it cannot be told. */
  signalOf(measurement: Shape): Shape | null;
  /** @throws RangeError with a sentence when the operator cannot act on this shape. */
  bind(signal: Shape): Operator;
}

export type OperatorValue =
  | { readonly bound: true; readonly operator: Operator }
  | { readonly bound: false; readonly family: OperatorFamily };

/** What a denoiser call gives; every entry is a tensor of the shape of x. */
export interface Denoised {
  readonly x0: Value;
  readonly eps: Value;
  readonly v: Value;
  readonly score: Value;
  /** Learned reverse-process log-variance interpolation (−1…1), where the network has one. */
  readonly variance?: Value;
}

/** Which signals (without the batch axis) are taken; what is absent is free. */
export interface SignalRule {
  /** How many axes a signal has, its channels included. */
  readonly axes?: number;
  readonly channels?: number;
  /** The size along each spatial axis; null where it is free. */
  readonly spatial?: readonly (number | null)[];
  /** Every spatial size is a multiple of this. */
  readonly multipleOf?: number;
}

/** A prior as a compile-time object. */
export interface Prior {
  readonly label: string;
  /** Why it cannot take signals of this shape (without batch); null when it can. */
  whyNotShape(signal: Shape): string | null;
  /** The same as data, for whoever looks for a signal that it takes. */
  readonly takes: SignalRule;
  /** E[x0 | x] and its other forms; one network evaluation whatever is read. */
  denoise(ctx: PriorContext, at: DenoiseAt): Denoised;
  /** The distribution itself over signals of this shape, where it is a mixture of Gaussians. */
  gaussians?(emit: OperatorEmit, signal: Shape): Gaussians;
}

/** A mixture of K Gaussians over signals of n values: component k is N(means[k], roots[k] roots[k]ᵀ). */
export interface Gaussians {
  /** log of the normalised weights, finite: [K]. */
  readonly logWeights: Value;
  /** [K, n] */
  readonly means: Value;
  /** [K, n, n] */
  readonly roots: Value;
}

export interface DenoiseAt {
  readonly x: Value;
  readonly level: Host<Level>;
  /** Ask the network at this level and use its ε at `level`. */
  readonly condition?: Host<Level>;
}

/** A network input beside x: a host number repeated over the batch. */
export interface HostFeed {
  readonly host: Host<number>;
  readonly dtype: "float32" | "float64" | "int64" | "int32";
  readonly shape: Shape;
}

/** What priors write with: besides equations, one evaluation of a shared network. */
export interface PriorContext extends OperatorEmit {
  /** Runs `model` on the feeds; one network evaluation (NFE). Outputs in the model's order. */
  evaluateNetwork(
    model: NetworkModel,
    feeds: Readonly<Record<string, Value | HostFeed>>,
  ): readonly Value[];
  /** Counts a denoiser that is written as equations (a mixture, a data set) as one evaluation. */
  countEvaluation(output: Value): void;
}

/** A model file held in memory, named and hashed. */
export interface NetworkModel {
  readonly name: string;
  readonly sha256: string;
  readonly bytes: Uint8Array;
  /** Files of weights that the model keeps outside of itself, by the location it states. */
  readonly external?: Readonly<Record<string, Uint8Array>>;
}
