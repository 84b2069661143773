/** One figure of the bench. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: "ms" | "s" | "MB" | "kB" | "%" | "x" | "dB" | "M/s" | "";
  /** The most that is wanted, where something is. */
  readonly most?: number;
  /** How it came about, in a few words. */
  readonly note?: string;
}

/** The figures of one question. */
export interface Section {
  readonly title: string;
  /** What is measured and how. */
  readonly about: string;
  readonly figures: readonly Figure[];
}

/** The figure with its unit, three digits where there is a fraction. */
export function formatValue({ value, unit }: Pick<Figure, "value" | "unit">): string {
  if (!Number.isFinite(value)) return "not measured";
  const text =
    Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(Math.abs(value) < 10 ? 2 : 1);
  return unit === "" ? text : unit === "%" || unit === "x" ? `${text}${unit}` : `${text} ${unit}`;
}

/** "", or whether the figure keeps below what is wanted. */
export function verdict({ value, most, unit }: Figure): string {
  if (most === undefined) return "";
  const limit = `at most ${formatValue({ value: most, unit })}`;
  return `${limit}: ${value <= most ? "yes" : "no"}`;
}

/** Lines for a terminal. */
export function textOf({ title, about, figures }: Section): readonly string[] {
  const width = Math.max(0, ...figures.map(({ name }) => name.length));
  return [
    title,
    ...wrap(about, 100).map((line) => `  ${line}`),
    ...figures.map((figure) =>
      `  ${figure.name.padEnd(width)}  ${formatValue(figure).padStart(12)}  ${[verdict(figure), figure.note ?? ""].filter((s) => s !== "").join("; ")}`.trimEnd(),
    ),
    "",
  ];
}

/** The same as a table of Markdown. */
export function markdownOf({ title, about, figures }: Section): string {
  const rows = figures.map(
    (figure) =>
      `| ${figure.name} | ${formatValue(figure)} | ${verdict(figure)} | ${figure.note ?? ""} |`,
  );
  return [
    `## ${title}`,
    "",
    about,
    "",
    "| | measured | wanted | |",
    "|---|---:|---|---|",
    ...rows,
    "",
  ].join("\n");
}

function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + word.length >= width) {
      lines.push(line);
      line = "";
    }
    line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
