import type { PortType, TensorTags } from "../../../runtime/graph/ports.ts";

const tagNames = ["range", "estimates", "field"] as const satisfies readonly (keyof TensorTags)[];

/** The kind of a wire, a tensor's space. */
export const kindText = (type: PortType): string =>
  type.kind !== "tensor" ? type.kind : type.space === "unknown" ? "tensor" : type.space;

/** The conventions that are known of it. */
export function tagTexts(type: PortType): readonly string[] {
  if (type.kind !== "tensor") return [];
  return tagNames.map((name) => type[name]).filter((tag) => tag !== "unknown");
}

/** Whether a run can show values of a type: tensors and numbers, not what is fixed when a graph is compiled. */
export const isProbeable = (type: PortType | null): boolean =>
  type !== null && ["tensor", "number", "scalar"].includes(type.kind);
