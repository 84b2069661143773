import type { NodeDefault } from "../../runtime/graph/document.ts";

/** What is wrong with a photo: what the forward operator is that made it. */
export type Damage =
  | { readonly kind: "missing" }
  | { readonly kind: "small"; readonly factor: 2 | 4 }
  /** `std` of the Gaussian in pixels of the picture as it is restored. */
  | { readonly kind: "blurred"; readonly std: number }
  | { readonly kind: "noisy" };

export const damageKinds = ["missing", "small", "blurred", "noisy"] as const;
export type DamageKind = (typeof damageKinds)[number];

/** How many pixels of the restored picture make one of the photo, along an axis. */
export const factorOf = (damage: Damage): number => (damage.kind === "small" ? damage.factor : 1);

/** The forward operator; a mask is in an own file. */
export function operatorOf(damage: Damage, maskFile: string | null): NodeDefault {
  switch (damage.kind) {
    case "missing":
      return node("operator/mask", { file: maskFile ?? "" });
    case "small":
      return node("operator/average", { factor: damage.factor });
    case "blurred":
      return node("operator/gaussian-blur", { std: damage.std });
    case "noisy":
      return node("operator/identity", {});
  }
}

const node = (type: string, params: NodeDefault["params"] & object): NodeDefault => ({
  type,
  v: 1,
  params,
});
