import type { AxisStyle } from "../draw/paint-axes.ts";
import type { Palette } from "./palette.ts";

export const axisStyle = (palette: Palette, labels: AxisStyle["labels"]): AxisStyle => ({
  font: `11px ${getComputedStyle(document.documentElement).getPropertyValue("--font")}`,
  text: palette["text-soft"],
  grid: palette.grid,
  zero: palette.line,
  labels,
});
