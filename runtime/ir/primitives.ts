import type { DType, Shape } from "../tensor/tensor.ts";

declare const valueId: unique symbol;
export type ValueId = number & { readonly [valueId]: true };

/** One tensor in a program: assigned once, static shape. Compared by identity. */
export interface Value {
  readonly id: ValueId;
  readonly dtype: DType;
  readonly shape: Shape;
}

type None = Readonly<Record<never, never>>;
type One = readonly [Value];
type Two = readonly [Value, Value];
type Many = readonly Value[];
interface Row<I extends readonly (Value | null)[], P = None> {
  readonly inputs: I;
  readonly params: P;
}
type Reduce = Row<One, { readonly axes: readonly number[]; readonly keepdims: boolean }>;
type Window = {
  readonly strides: readonly number[];
  /** Begin of every spatial axis, then end of every spatial axis (ONNX order). */
  readonly pads: readonly number[];
  readonly dilations: readonly number[];
};

/**
 * The instruction set: ONNX operators with opset 21 semantics. Everything that ONNX passes as a
 * constant integer input (shapes, axes, pads) is a static param here; shapes are always known.
 * Negative axes are normalised to 0..rank-1 before an equation is made. What reduces to another row
 * (Squeeze, Flatten, Unsqueeze → Reshape; GlobalAveragePool → ReduceMean; …) has no row of its own.
 */
export interface Primitives {
  Abs: Row<One>;
  Neg: Row<One>;
  Exp: Row<One>;
  Log: Row<One>;
  Sqrt: Row<One>;
  Reciprocal: Row<One>;
  Erf: Row<One>;
  Sigmoid: Row<One>;
  Tanh: Row<One>;
  Relu: Row<One>;
  Softplus: Row<One>;
  Softsign: Row<One>;
  Sin: Row<One>;
  Cos: Row<One>;
  Tan: Row<One>;
  Atan: Row<One>;
  Sinh: Row<One>;
  Cosh: Row<One>;
  Floor: Row<One>;
  Ceil: Row<One>;
  Round: Row<One>;
  Sign: Row<One>;
  Not: Row<One>;
  IsNaN: Row<One>;
  HardSwish: Row<One>;
  Mish: Row<One>;
  Identity: Row<One>;
  Elu: Row<One, { readonly alpha: number }>;
  LeakyRelu: Row<One, { readonly alpha: number }>;
  Selu: Row<One, { readonly alpha: number; readonly gamma: number }>;
  HardSigmoid: Row<One, { readonly alpha: number; readonly beta: number }>;
  Gelu: Row<One, { readonly approximate: "none" | "tanh" }>;
  Cast: Row<One, { readonly to: DType }>;
  Clip: Row<readonly [Value, Value | null, Value | null]>;
  PRelu: Row<Two>;
  Add: Row<Two>;
  Sub: Row<Two>;
  Mul: Row<Two>;
  Div: Row<Two>;
  Pow: Row<Two>;
  Min: Row<Two>;
  Max: Row<Two>;
  Mod: Row<Two, { readonly fmod: boolean }>;
  Equal: Row<Two>;
  Greater: Row<Two>;
  Less: Row<Two>;
  GreaterOrEqual: Row<Two>;
  LessOrEqual: Row<Two>;
  And: Row<Two>;
  Or: Row<Two>;
  Xor: Row<Two>;
  Where: Row<readonly [Value, Value, Value]>;
  /**
   * The first input as it is. It depends on the second in a way that has no gradient: one that would pass is
   * refused in these words. Our own, no ONNX operator: lowering drops it.
   */
  Opaque: Row<Two, { readonly message: string; readonly fix: string }>;

  MatMul: Row<Two>;
  Gemm: Row<
    readonly [Value, Value, Value | null],
    {
      readonly alpha: number;
      readonly beta: number;
      readonly transA: boolean;
      readonly transB: boolean;
    }
  >;
  Einsum: Row<Many, { readonly equation: string }>;
  Conv: Row<readonly [Value, Value, Value | null], Window & { readonly group: number }>;
  ConvTranspose: Row<
    readonly [Value, Value, Value | null],
    Window & { readonly group: number; readonly outputPadding: readonly number[] }
  >;

  Reshape: Row<One, { readonly shape: Shape }>;
  Transpose: Row<One, { readonly perm: readonly number[] }>;
  Expand: Row<One, { readonly shape: Shape }>;
  Concat: Row<Many, { readonly axis: number }>;
  Split: Row<One, { readonly axis: number; readonly sizes: readonly number[] }>;
  /** One entry an axis of the input, in ONNX meaning after clamping: start inclusive, end exclusive, any step but 0. */
  Slice: Row<
    One,
    {
      readonly starts: readonly number[];
      readonly ends: readonly number[];
      readonly steps: readonly number[];
    }
  >;
  /** Begin of every axis, then end of every axis; negative pads crop. */
  Pad: Row<
    One,
    {
      readonly pads: readonly number[];
      readonly mode: "constant" | "reflect" | "edge" | "wrap";
      readonly value: number;
    }
  >;
  Tile: Row<One, { readonly repeats: readonly number[] }>;
  Gather: Row<Two, { readonly axis: number }>;
  GatherElements: Row<Two, { readonly axis: number }>;
  GatherND: Row<Two, { readonly batchDims: number }>;
  ScatterElements: Row<
    readonly [Value, Value, Value],
    { readonly axis: number; readonly reduction: "none" | "add" }
  >;
  ScatterND: Row<readonly [Value, Value, Value], { readonly reduction: "none" | "add" }>;
  DepthToSpace: Row<One, { readonly blocksize: number; readonly mode: "DCR" | "CRD" }>;
  SpaceToDepth: Row<One, { readonly blocksize: number }>;
  /** `scales` has an entry an axis; `sizes` is the output shape. */
  Resize: Row<
    One,
    {
      readonly sizes: Shape;
      readonly scales: readonly number[];
      readonly mode: "nearest" | "linear" | "cubic";
      readonly coordinateTransformationMode: string;
      readonly nearestMode: string;
      readonly cubicCoeffA: number;
      readonly antialias: boolean;
      readonly excludeOutside: boolean;
    }
  >;
  CumSum: Row<
    One,
    { readonly axis: number; readonly exclusive: boolean; readonly reverse: boolean }
  >;
  Trilu: Row<One, { readonly upper: boolean; readonly k: number }>;

  ReduceSum: Reduce;
  ReduceMean: Reduce;
  ReduceMax: Reduce;
  ReduceMin: Reduce;
  ReduceProd: Reduce;
  ReduceL1: Reduce;
  ReduceL2: Reduce;
  ReduceSumSquare: Reduce;
  ReduceLogSumExp: Reduce;
  ArgMax: Row<
    One,
    { readonly axis: number; readonly keepdims: boolean; readonly selectLastIndex: boolean }
  >;
  ArgMin: Row<
    One,
    { readonly axis: number; readonly keepdims: boolean; readonly selectLastIndex: boolean }
  >;
  /** Outputs: values, indices. */
  TopK: Row<
    One,
    {
      readonly k: number;
      readonly axis: number;
      readonly largest: boolean;
      readonly sorted: boolean;
    }
  >;

  Softmax: Row<One, { readonly axis: number }>;
  LogSoftmax: Row<One, { readonly axis: number }>;
  InstanceNormalization: Row<readonly [Value, Value, Value], { readonly epsilon: number }>;
  LayerNormalization: Row<
    readonly [Value, Value, Value | null],
    { readonly axis: number; readonly epsilon: number }
  >;
  /** Inference form: x, scale, bias, mean, variance. */
  BatchNormalization: Row<
    readonly [Value, Value, Value, Value, Value],
    { readonly epsilon: number }
  >;

  AveragePool: Row<
    One,
    Window & {
      readonly kernel: readonly number[];
      readonly countIncludePad: boolean;
      readonly ceilMode: boolean;
    }
  >;
  MaxPool: Row<One, Window & { readonly kernel: readonly number[]; readonly ceilMode: boolean }>;

  /** Complex as a last axis of 2 (input may have 1: real). `length` is the signal length on `axis`. */
  DFT: Row<
    One,
    {
      readonly axis: number;
      readonly inverse: boolean;
      readonly onesided: boolean;
      readonly length: number;
    }
  >;
}

export type OpName = keyof Primitives;
export type Inputs<N extends OpName> = Primitives[N]["inputs"];
export type Params<N extends OpName> = Primitives[N]["params"];

/** One application of a primitive. `origin` is the graph node, or the imported model's node, it came from. */
export type Equation = {
  readonly [N in OpName]: {
    readonly op: N;
    readonly inputs: Inputs<N>;
    readonly params: Params<N>;
    readonly outputs: readonly Value[];
    readonly origin?: string;
  };
}[OpName];
