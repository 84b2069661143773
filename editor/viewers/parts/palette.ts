import { useSyncExternalStore } from "react";
import type { Rgb } from "../colour/oklab.ts";

/** The theme's colours that drawings use. */
const names = [
  "panel",
  "sunken",
  "grid",
  "line",
  "line-strong",
  "text",
  "text-soft",
  "accent",
  "bad",
  "warn",
  "space-signal",
  "space-measurement",
  "space-spectral",
  "space-noise",
  "space-operator",
  "space-prior",
] as const;
export type ColourName = (typeof names)[number];

export type Palette = Readonly<Record<ColourName, string>>;

let known: { readonly theme: string; readonly palette: Palette } | null = null;

/** The colours of the theme that the page shows; the same object until the theme changes. */
export function palette(): Palette {
  const root = document.documentElement;
  const theme = root.dataset["theme"] ?? "";
  if (known?.theme === theme) return known.palette;
  const style = getComputedStyle(root);
  const entries = names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]);
  known = { theme, palette: Object.fromEntries(entries) as Palette };
  return known.palette;
}

export function onThemeChange(tell: () => void): () => void {
  const observer = new MutationObserver(tell);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  return () => observer.disconnect();
}

export const usePalette = (): Palette => useSyncExternalStore(onThemeChange, palette);

/** The bytes of a colour that the theme writes as `#rrggbb`. */
export function bytesOf(colour: string): Rgb {
  const bits = Number.parseInt(colour.slice(1), 16);
  return [(bits >> 16) & 255, (bits >> 8) & 255, bits & 255];
}

/** A colour of the theme, let through. */
export function faded(colour: string, opacity: number): string {
  const [r, g, b] = bytesOf(colour);
  return `rgb(${r} ${g} ${b} / ${opacity})`;
}
