import type { Shape } from "../../tensor/tensor.ts";
import type { NodeReader } from "../node-reader.ts";

interface Window {
  readonly strides: readonly number[];
  readonly pads: readonly number[];
  readonly dilations: readonly number[];
}

/** How far a kernel reaches: dilation * (kernel - 1) + 1. */
const reach = (kernel: number, dilation: number) => dilation * (kernel - 1) + 1;

function basics(node: NodeReader, kernel: readonly number[]) {
  const stated = node.ints("kernel_shape");
  if (stated !== null && stated.some((k, axis) => k !== kernel[axis]))
    node.refuse(
      `kernel_shape [${stated.join(",")}] disagrees with its weights [${kernel.join(",")}]`,
    );
  const ones = kernel.map(() => 1);
  const strides = node.ints("strides") ?? ones;
  const dilations = node.ints("dilations") ?? ones;
  const pads = node.ints("pads") ?? [...kernel, ...kernel].map(() => 0);
  if (
    strides.length !== kernel.length ||
    dilations.length !== kernel.length ||
    pads.length !== 2 * kernel.length
  )
    node.refuse(`its strides, dilations or pads do not fit a kernel of rank ${kernel.length}`);
  return { strides, dilations, pads, auto: node.text("auto_pad", "NOTSET") };
}

/** Begin and end of every axis, so that `total` (at least 0) is shared out, the odd one where `auto` says. */
function shareOut(totals: readonly number[], auto: string): readonly number[] {
  const whole = totals.map((total) => Math.max(0, total));
  const small = whole.map((total) => Math.floor(total / 2));
  const large = whole.map((total, axis) => total - (small[axis] ?? 0));
  return auto === "SAME_LOWER" ? [...large, ...small] : [...small, ...large];
}

/** Strides, dilations and explicit pads of a sliding window over `size`; auto_pad is resolved. */
export function windowOf(node: NodeReader, size: Shape, kernel: readonly number[]): Window {
  const { strides, dilations, pads, auto } = basics(node, kernel);
  if (auto === "NOTSET" || auto === "") return { strides, dilations, pads };
  if (auto === "VALID") return { strides, dilations, pads: pads.map(() => 0) };
  const totals = kernel.map((k, axis) => {
    const stride = strides[axis] ?? 1;
    const length = size[axis] ?? 1;
    return (Math.ceil(length / stride) - 1) * stride + reach(k, dilations[axis] ?? 1) - length;
  });
  return { strides, dilations, pads: shareOut(totals, auto) };
}

/** The window of a transposed convolution; output_shape and auto_pad become pads and output padding. */
export function transposedPads(node: NodeReader, size: Shape, kernel: readonly number[]) {
  const { strides, dilations, pads, auto } = basics(node, kernel);
  const outputPadding = node.ints("output_padding") ?? kernel.map(() => 0);
  const full = kernel.map(
    (k, axis) =>
      (strides[axis] ?? 1) * ((size[axis] ?? 1) - 1) +
      (outputPadding[axis] ?? 0) +
      reach(k, dilations[axis] ?? 1),
  );
  const stated = node.ints("output_shape")?.slice(-kernel.length) ?? null;
  const same = auto.startsWith("SAME");
  if (stated === null && !same)
    return { strides, dilations, outputPadding, pads: auto === "VALID" ? pads.map(() => 0) : pads };
  const wanted = stated ?? size.map((d, axis) => d * (strides[axis] ?? 1));
  const totals = full.map((d, axis) => d - (wanted[axis] ?? 0));
  // A shape larger than the full result is reached by padding the output.
  const padding = outputPadding.map((p, axis) => p + Math.max(0, -(totals[axis] ?? 0)));
  return { strides, dilations, outputPadding: padding, pads: sharedPads(totals, auto) };
}

// With output_shape the odd one stands at the begin, save under SAME_UPPER.
function sharedPads(totals: readonly number[], auto: string): readonly number[] {
  return shareOut(totals, auto === "SAME_UPPER" ? auto : "SAME_LOWER");
}
