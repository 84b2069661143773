import { issueError } from "../base/issue.ts";
import type { Document, SlotKind } from "../graph/document.ts";
import type { OperatorFamily } from "../graph/values.ts";
import { formatShape, sameShape, type Shape } from "../tensor/tensor.ts";
import { located } from "./elaborate.ts";
import type { Wire } from "./wires.ts";

/**
 * Where a graph has one operator and one measurement: an operator that does not know its signal space
 * takes the one that the measurement implies, and one that does must make measurements of that shape.
 *
 * @throws IssueError `operator.space`, `measurement.shape`.
 */
export function matchMeasurement(names: Map<string, Wire>, document: Document): void {
  const operatorSlot = onlySlot(document, "operator");
  const measurementSlot = onlySlot(document, "measurement");
  const operator = names.get(operatorSlot ?? "");
  const measurement = names.get(measurementSlot ?? "");
  if (operator?.kind !== "operator" || measurement?.kind !== "tensor") return;
  const shape = measurement.value.shape.slice(1);
  if (!operator.value.bound) {
    const bound = bindTo(operator.value.family, shape, `@${operatorSlot}`);
    names.set(operatorSlot ?? "", { kind: "operator", value: { bound: true, operator: bound } });
    return;
  }
  const made = operator.value.operator;
  if (sameShape(made.measurement, shape)) return;
  throw issueError(
    "measurement.shape",
    `The measurement has shape ${formatShape(shape)} a sample, and ${made.label} of a signal ${formatShape(made.signal)} makes ${formatShape(made.measurement)}.`,
    { node: `@${measurementSlot}` },
    { fix: "The first axis of an array counts samples; one picture is [1,C,H,W]." },
  );
}

function onlySlot({ inputs }: Document, kind: SlotKind): string | undefined {
  const names = Object.keys(inputs).filter((name) => inputs[name]?.kind === kind);
  return names.length === 1 ? names[0] : undefined;
}

function bindTo(family: OperatorFamily, measurement: Shape, node: string) {
  const signal = family.signalOf(measurement);
  if (signal !== null) return located(node, () => family.bind(signal));
  throw issueError(
    "operator.space",
    `the signal's shape cannot be told from a measurement of shape ${formatShape(measurement)} for ${family.label}.`,
    { node },
    { fix: "Give the image's shape with a task." },
  );
}
