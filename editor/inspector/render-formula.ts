import katex from "katex";
import { safeKatex } from "./katex-options.ts";

/** HTML and MathML of a formula; null where it cannot be read. */
export function renderFormula(latex: string, block: boolean): string | null {
  try {
    return katex.renderToString(latex, { ...safeKatex, throwOnError: true, displayMode: block });
  } catch (error) {
    if (error instanceof katex.ParseError || error instanceof RangeError) return null;
    throw error;
  }
}
