import { sizeOf } from "../../tensor/tensor.ts";
import type { NodeReader } from "../node-reader.ts";
import { known, type Operand } from "../operand.ts";
import { tensorOf } from "../proto/numbers.ts";
import { arithmetic } from "./activation.ts";
import { transposed } from "./movement.ts";
import type { ReadTable } from "./row.ts";

/** [N, S, heads * D] as [N, heads, S, D]; rank 4 as it is. */
function toHeads(node: NodeReader, x: Operand, heads: number): Operand {
  if (x.shape.length === 4) return x;
  const [batch = 1, length = 1, width = 1] = x.shape;
  if (heads <= 0 || width % heads !== 0)
    node.refuse(`${width} features do not divide into ${heads} heads`);
  return transposed(node, node.reshape(x, [batch, length, heads, width / heads]), [0, 2, 1, 3]);
}

/** Each key or value head repeated for the query heads that share it. */
function repeatHeads(node: NodeReader, x: Operand, queryHeads: number): Operand {
  const [batch = 1, heads = 1, length = 1, width = 1] = x.shape;
  if (heads === queryHeads) return x;
  const groups = node.reshape(x, [batch, heads, 1, length, width]);
  const wide = node.emit("Expand", [groups], {
    shape: [batch, heads, queryHeads / heads, length, width],
  });
  return node.reshape(wide, [batch, queryHeads, length, width]);
}

/** 0 where query i may look at key j <= i, -infinity elsewhere. */
function causalBias(queries: number, keys: number, like: Operand): Operand {
  const values = Array.from({ length: queries * keys }, (_, at) =>
    at % keys <= Math.floor(at / keys) ? 0 : -Infinity,
  );
  return known(tensorOf(like.dtype, [queries, keys], values));
}

function withMask(node: NodeReader, scores: Operand): Operand {
  const { add, where } = arithmetic(node);
  const mask = node.optional(3);
  if (mask === null) return scores;
  return mask.dtype === "bool"
    ? where(mask, scores, node.scalar(-Infinity, scores))
    : add(scores, mask);
}

/** softmax(scale q k^T + mask) v with heads, grouped queries, causal and additive or boolean masks. */
function attention(node: NodeReader): readonly Operand[] {
  const { mul, add, div } = arithmetic(node);
  refuseCache(node);
  const heads = node.int("q_num_heads", 0);
  const keyHeads = node.int("kv_num_heads", 0);
  const q = toHeads(node, node.input(0), heads);
  const [batch = 1, queryHeads = 1, queries = 1, width = 1] = q.shape;
  const k = repeatHeads(node, toHeads(node, node.input(1), keyHeads), queryHeads);
  const v = repeatHeads(node, toHeads(node, node.input(2), keyHeads), queryHeads);
  // The root of the scale goes to each side, so that half precision does not overflow.
  const scale = node.has("scale") ? node.float("scale", 1) : 1 / Math.sqrt(width);
  const root = Math.sqrt(scale);
  const keys = mul(transposed(node, k, [0, 1, 3, 2]), root);
  const products = node.emit("MatMul", [mul(q, root), keys], {});
  const cap = node.float("softcap", 0);
  const capped = cap === 0 ? products : mul(node.emit("Tanh", [div(products, cap)], {}), cap);
  const causal =
    node.int("is_causal", 0) === 0 ? capped : add(capped, causalBias(queries, k.shape[2] ?? 1, q));
  const weights = node.emit("Softmax", [withMask(node, causal)], { axis: 3 });
  const y = node.emit("MatMul", [weights, v], {});
  if (node.input(0).shape.length === 4) return [y];
  return [
    node.reshape(transposed(node, y, [0, 2, 1, 3]), [
      batch,
      queries,
      sizeOf([queryHeads, v.shape[3] ?? 1]),
    ]),
  ];
}

function refuseCache(node: NodeReader): void {
  if (
    node.optional(4) !== null ||
    node.optional(5) !== null ||
    node.optional(6) !== null ||
    [1, 2, 3].some((i) => node.wants(i))
  )
    node.refuse(
      "it keeps keys and values between calls, or its inner results are read",
      "Export the model without a key-value cache.",
    );
}

export const attentionRows: ReadTable = { Attention: attention };
