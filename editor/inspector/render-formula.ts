import katex from "katex";
import { safeKatex } from "./katex-options.ts";

/** HTML and MathML of a formula; null where it cannot be read. */
export function renderFormula(latex: string, block: boolean): string | null {
  try {
    return katex.renderToString(latex, {
      ...safeKatex,
      throwOnError: true,
      displayMode: block,
      // names signs, and can name nothing else
      trust: (asked) =>
        asked.command === "\\htmlData" && Object.keys(asked.attributes).join() === "data-sign",
    });
  } catch (error) {
    if (error instanceof katex.ParseError || error instanceof RangeError) return null;
    throw error;
  }
}
