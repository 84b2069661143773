import type { KatexOptions } from "katex";

/** What a stranger's formula may do: nothing beyond its own box, and no more of it than a page can bear. */
export const safeKatex: KatexOptions = {
  output: "htmlAndMathml",
  trust: false,
  strict: "ignore",
  maxExpand: 300,
  maxSize: 10,
};

/** Longer text is shown as it is written. */
export const longestFormula = 4000;
