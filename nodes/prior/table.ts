import { z } from "zod";
import { issueError } from "../../runtime/base/issue.ts";
import type { AssetRef, BuildContext } from "../../runtime/graph/define-node.ts";
import type { TensorData } from "../../runtime/tensor/tensor.ts";
import type { Table } from "./mixture.ts";

type Nested = number | readonly Nested[];
const nested: z.ZodType<Nested> = z.lazy(() => z.union([z.number(), z.array(nested)]));

/** Numbers as nested lists, or in a .npy file. */
export const tableParam = z.union([z.strictObject({ file: z.string() }), z.array(nested).min(1)]);
export type TableParam = z.infer<typeof tableParam>;

export function tableAssets(
  params: Readonly<Record<string, TableParam | undefined>>,
): readonly AssetRef[] {
  return Object.entries(params).flatMap(([name, table]) =>
    isFile(table) ? [{ kind: "tensor" as const, file: table.file, path: [name, "file"] }] : [],
  );
}

const isFile = (table: TableParam | undefined): table is { readonly file: string } =>
  typeof table === "object" && !Array.isArray(table);

/** @throws IssueError `prior.table` where nested lists differ in length. */
export function readTable(ctx: BuildContext, param: string, table: TableParam): Table {
  if (isFile(table)) return numbersIn(ctx.tensor(table.file));
  const shape = nestedShape(table);
  const values = (table as unknown[]).flat(Infinity) as number[];
  if (shape !== null) return { shape, values };
  throw issueError("prior.table", `The lists in ${param} differ in length or depth.`, {
    path: ["params", param],
  });
}

/** The elements of a tensor as numbers. */
export function numbersIn({ shape, data, dtype }: TensorData): Table {
  if (dtype === "float16")
    throw issueError(
      "prior.table",
      "Numbers of half precision cannot be read here; store them as float32.",
    );
  return { shape, values: Float64Array.from(data as ArrayLike<number | bigint>, Number) };
}

/** The shape of nested lists of equal lengths; null where they differ. */
function nestedShape(value: Nested): readonly number[] | null {
  if (typeof value === "number") return [];
  const [first, ...rest] = value.map(nestedShape);
  if (first === undefined || first === null) return null;
  const same = rest.every((shape) => shape !== null && String(shape) === String(first));
  return same ? [value.length, ...first] : null;
}
