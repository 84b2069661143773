import { own } from "../../../runtime/graph/own.ts";

/** What stands in a node's corner, and what a search finds it by. */
const families: Readonly<Record<string, string>> = {
  gradient: "∇",
  input: "▤",
  math: "ƒ",
  metric: "≈",
  operator: "A",
  prior: "D",
  sampler: "→",
  schedule: "σ",
  zone: "⟳",
  block: "▣",
  slot: "@",
  output: "⇥",
};

const types: Readonly<Record<string, string>> = {
  "gradient/stop": "∇̸",
  "gradient/vjp": "Jᵀ",
  "math/add": "+",
  "math/add-noise": "+ε",
  "math/constant": "c",
  "math/lerp": "⟷",
  "math/noise": "ε",
  "math/norm": "‖·‖",
  "math/or-else": "?:",
  "math/re-noise": "ε'",
  "math/scale": "×",
  "math/subtract": "−",
  "operator/adjoint": "Aᵀ",
  "operator/apply": "A",
  "operator/data-gradient": "∇A",
  "operator/from-spectral": "V",
  "operator/pinv": "A⁺",
  "operator/pinv-transposed": "A⁺ᵀ",
  "operator/project": "prox",
  "operator/projector": "A⁺A",
  "operator/to-spectral": "Vᵀ",
  "prior/denoise": "x̂₀",
  "zone/for-each": "∀",
  "zone/if": "?",
  "zone/repeat": "⟳",
  "zone/while": "↻",
};

/** A short sign for a node type: its own, or that of its family. */
export const symbolOf = (type: string): string =>
  own(types, type) ?? own(families, familyOf(type)) ?? "";

/** `prior` of `prior/denoise`. */
export const familyOf = (type: string): string => type.split("/")[0] ?? "";
