import { activation } from "./activation.ts";
import { attentionRows } from "./attention.ts";
import { contraction } from "./contraction.ts";
import { elementwise } from "./elementwise.ts";
import { indexing } from "./indexing.ts";
import { movement } from "./movement.ts";
import { normalisation } from "./normalisation.ts";
import { pad } from "./pad.ts";
import { pooling } from "./pooling.ts";
import { reduction } from "./reduction.ts";
import { resizing } from "./resize.ts";
import type { ReadRow, ReadTable } from "./row.ts";
import { sequence } from "./sequence.ts";
import { shape } from "./shape.ts";
import { spectral } from "./spectral.ts";

const standard: ReadTable = {
  ...elementwise,
  ...activation,
  ...shape,
  ...movement,
  ...sequence,
  ...pad,
  ...indexing,
  ...resizing,
  ...contraction,
  ...reduction,
  ...normalisation,
  ...pooling,
  ...spectral,
  ...attentionRows,
};

const standardRows = new Map(Object.entries(standard));

/** Operators of onnxruntime's own domain that mean what the row of that name says. */
const contributed: ReadonlySet<string> = new Set([
  "Gelu",
  "FastGelu",
  "BiasGelu",
  "QuickGelu",
  "SimplifiedLayerNormalization",
  "Trilu",
]);

/** The row for an operator of a domain, or undefined. */
export function rowOf(domain: string, opType: string): ReadRow | undefined {
  if (isStandard(domain)) return standardRows.get(opType);
  return domain === "com.microsoft" && contributed.has(opType)
    ? standardRows.get(opType)
    : undefined;
}

export function isStandard(domain: string): boolean {
  return domain === "" || domain === "ai.onnx";
}
