import type { GraphProto, ValueInfoProto } from "onnx-buf";
import { IssueError, type Issue } from "../base/issue.ts";
import { formatShape, type DType, type Shape } from "../tensor/tensor.ts";
import { dtypeOfCode, nameOfCode } from "./proto/dtype-codes.ts";

/** An input of the model that a caller feeds: number or name of each axis; null: the file does not say the rank. */
export interface DeclaredTensor {
  readonly name: string;
  readonly dtype: DType | null;
  readonly dims: readonly (number | string)[] | null;
  /** How the file names the element type. */
  readonly typeName: string;
}

/** The graph's inputs that are not weights. */
export function fedInputs({
  input,
  initializer,
  sparseInitializer,
}: GraphProto): readonly ValueInfoProto[] {
  const weights = new Set([
    ...initializer.map(({ name }) => name),
    ...sparseInitializer.map(({ values }) => values?.name),
  ]);
  return input.filter(({ name }) => !weights.has(name));
}

export function declaredTensor({ name, type }: ValueInfoProto): DeclaredTensor {
  const value = type?.value;
  if (value?.case !== "tensorType")
    return { name, dtype: null, dims: null, typeName: value?.case ?? "nothing" };
  const { elemType, shape } = value.value;
  const dims = shape?.dim.map(({ value }, axis) =>
    value.case === "dimValue"
      ? Number(value.value)
      : value.case === "dimParam" && value.value !== ""
        ? value.value
        : `?${axis}`,
  );
  return { name, dtype: dtypeOfCode(elemType), dims: dims ?? null, typeName: nameOfCode(elemType) };
}

export interface BoundInput {
  readonly name: string;
  readonly dtype: DType;
  readonly shape: Shape;
}

/**
 * Every fed input with a static shape.
 *
 * @throws IssueError `model.input` for a shape that is missing or does not fit, or an axis name bound
 * to two sizes, all at once.
 */
export function bindInputs(
  inputs: readonly DeclaredTensor[],
  shapes: Readonly<Record<string, Shape>>,
): readonly BoundInput[] {
  const issues: Issue[] = [];
  const sizes = new Map<string, { readonly size: number; readonly place: string }>();
  const report = (name: string, message: string, fix: string) => {
    issues.push({ code: "model.input", message, at: { node: name, port: name }, fix });
  };
  for (const unknown of Object.keys(shapes).filter(
    (name) => !inputs.some((input) => input.name === name),
  ))
    report(
      unknown,
      `The model has no input "${unknown}".`,
      `Its inputs are ${inputs.map(({ name }) => name).join(", ")}.`,
    );
  const bound = inputs.flatMap((input) => {
    const shape = shapes[input.name] ?? staticShape(input);
    const why = shape === null ? "its shape is not known" : whyNotFitting(input, shape, sizes);
    if (input.dtype === null)
      report(
        input.name,
        `The model's input "${input.name}" holds ${input.typeName}, which programs cannot hold.`,
        "Export the model with tensor inputs in float32.",
      );
    else if (shape === null || why !== null)
      report(
        input.name,
        `The model's input "${input.name}" cannot be bound: ${why ?? ""}.`,
        "Give a shape that fits the model.",
      );
    else return [{ name: input.name, dtype: input.dtype, shape }];
    return [];
  });
  if (issues.length > 0) throw new IssueError(issues);
  return bound;
}

function staticShape({ dims }: DeclaredTensor): Shape | null {
  if (dims === null) return null;
  const numbers = dims.filter((d) => typeof d === "number");
  return numbers.length === dims.length ? numbers : null;
}

function whyNotFitting(
  { name, dims }: DeclaredTensor,
  shape: Shape,
  sizes: Map<string, { readonly size: number; readonly place: string }>,
): string | null {
  if (!shape.every((d) => Number.isSafeInteger(d) && d >= 0))
    return `${formatShape(shape)} is no shape`;
  if (dims === null) return null;
  if (dims.length !== shape.length)
    return `it has rank ${dims.length} ([${dims.join(",")}]), the given shape is ${formatShape(shape)}`;
  for (const [axis, dim] of dims.entries()) {
    const size = shape[axis] ?? 0;
    if (typeof dim === "number" && dim !== size)
      return `its axis ${axis} is ${dim} long, the given shape is ${formatShape(shape)}`;
    if (typeof dim === "number" || dim.startsWith("?")) continue;
    const earlier = sizes.get(dim);
    if (earlier !== undefined && earlier.size !== size)
      return `its axis ${axis}, named "${dim}", would be ${size}, but ${earlier.place} is ${earlier.size}`;
    sizes.set(dim, { size, place: `axis ${axis} of "${name}"` });
  }
  return null;
}
