import { sameShape, type Shape } from "../../tensor/tensor.ts";
import type { NodeReader } from "../node-reader.ts";
import type { Operand } from "../operand.ts";
import { axisOf, type ReadTable } from "./row.ts";

interface Target {
  readonly sizes: Shape;
  readonly scales: readonly number[];
}

const modes = ["nearest", "linear", "cubic"] as const;

function modeOf(node: NodeReader): (typeof modes)[number] {
  const name = node.text("mode", "nearest");
  // tf2onnx and Upsample call linear interpolation by its dimension.
  const plain = name === "bilinear" ? "linear" : name;
  return (
    modes.find((mode) => mode === plain) ??
    node.refuse(`its mode "${name}" is not one of ${modes.join(", ")}`)
  );
}

function byScales(shape: Shape, axes: readonly number[], scales: readonly number[]): Target {
  const all = shape.map((_, axis) => scales[axes.indexOf(axis)] ?? 1);
  // In float32, as the backends do: 10 * 0.7 is 7 there, 6.9999999 in float64.
  return {
    scales: all,
    sizes: shape.map((d, axis) => Math.floor(Math.fround(d * (all[axis] ?? 1)))),
  };
}

/** Sizes as stated. */
function bySizes(shape: Shape, axes: readonly number[], stated: readonly number[]): Target {
  const sizes = shape.map((d, axis) => stated[axes.indexOf(axis)] ?? d);
  return { sizes, scales: shape.map((d, axis) => (sizes[axis] ?? d) / d) };
}

/** One scale for all the named axes, so that none is larger (or smaller) than stated; sizes are rounded. */
function byPolicy(
  node: NodeReader,
  axes: readonly number[],
  stated: readonly number[],
  policy: string,
): Target {
  const { shape } = node.input(0);
  const ratios = axes.map((axis, i) => (stated[i] ?? 0) / (shape[axis] ?? 1));
  const scale = policy === "not_larger" ? Math.min(...ratios) : Math.max(...ratios);
  const scales = shape.map((_, axis) => (axes.includes(axis) ? scale : 1));
  const sizes = shape.map((d, axis) => Math.floor(d * (scales[axis] ?? 1) + 0.5));
  // A Resize is written by scales, which round down, or by sizes, whose scales are their ratios.
  const floored = sizes.every(
    (size, axis) => size === Math.floor((shape[axis] ?? 1) * Math.fround(scales[axis] ?? 1)),
  );
  const exact = sizes.every(
    (size, axis) => Math.abs(size / (shape[axis] ?? 1) - (scales[axis] ?? 1)) < 1e-7,
  );
  return floored || exact
    ? { sizes, scales }
    : node.refuse(
        `keep_aspect_ratio_policy rounds [${shape.join(",")}] up to [${sizes.join(",")}], which no single scale or size says`,
        "Choose sizes with the aspect ratio of the input.",
      );
}

function targetOf(node: NodeReader): Target {
  const { shape } = node.input(0);
  const rank = shape.length;
  const axes =
    node.ints("axes")?.map((axis) => axisOf(node, axis, rank)) ?? shape.map((_, axis) => axis);
  const scales = node.knownNumbers(2) ?? [];
  if (scales.length > 0) return byScales(shape, axes, checked(node, scales, axes.length));
  const sizes = node.knownNumbers(3) ?? node.refuse("it states neither scales nor sizes");
  checked(node, sizes, axes.length);
  const policy = node.text("keep_aspect_ratio_policy", "stretch");
  return policy === "stretch" ? bySizes(shape, axes, sizes) : byPolicy(node, axes, sizes, policy);
}

function checked(node: NodeReader, numbers: readonly number[], count: number): readonly number[] {
  if (numbers.length !== count)
    node.refuse(`it states ${numbers.length} scales or sizes for ${count} axes`);
  return numbers;
}

function resize(node: NodeReader): Operand {
  if (node.opset < 11) return upsample(node, node.knownNumbers(1) ?? []);
  const x = node.input(0);
  const target = targetOf(node);
  const coordinates = node.text("coordinate_transformation_mode", "half_pixel");
  if (coordinates === "tf_crop_and_resize")
    return node.refuse(
      "it crops by a region of interest",
      "Export the crop as a Slice before the Resize.",
    );
  if (sameShape(target.sizes, x.shape) && target.scales.every((s) => s === 1)) return x;
  // floor((i + 1/2) / s) is half_pixel's (i + 1/2) / s - 1/2, rounded half up.
  const cornered = coordinates === "tf_half_pixel_for_nn";
  return node.emit("Resize", [x], {
    ...target,
    mode: modeOf(node),
    coordinateTransformationMode: cornered ? "half_pixel" : coordinates,
    nearestMode: cornered ? "round_prefer_ceil" : node.text("nearest_mode", "round_prefer_floor"),
    cubicCoeffA: node.float("cubic_coeff_a", -0.75),
    antialias: node.int("antialias", 0) !== 0,
    excludeOutside: node.int("exclude_outside", 0) !== 0,
  });
}

/**
 * Resize before opset 11: output i reads i / scale, rounded down where an axis grows and up where it
 * shrinks (as onnxruntime does), so that axes of both kinds need two steps.
 */
function upsample(node: NodeReader, scales: readonly number[]): Operand {
  const step = (x: Operand, chosen: readonly number[], nearestMode: string) => {
    if (chosen.every((scale) => scale === 1)) return x;
    return node.emit("Resize", [x], {
      ...byScales(
        x.shape,
        x.shape.map((_, axis) => axis),
        checked(node, chosen, x.shape.length),
      ),
      mode: modeOf(node),
      coordinateTransformationMode: "asymmetric",
      nearestMode,
      cubicCoeffA: -0.75,
      antialias: false,
      excludeOutside: false,
    });
  };
  if (modeOf(node) !== "nearest") return step(node.input(0), scales, "floor");
  const grown = step(
    node.input(0),
    scales.map((scale) => Math.max(1, scale)),
    "floor",
  );
  return step(
    grown,
    scales.map((scale) => Math.min(1, scale)),
    "ceil",
  );
}

export const resizing: ReadTable = {
  Resize: resize,
  Upsample: (node) => upsample(node, node.floats("scales") ?? node.knownNumbers(1) ?? []),
};
