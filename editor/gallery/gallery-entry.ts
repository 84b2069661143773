import type { SignalShape } from "./prior-fit.ts";
import type { GraphShelf, LibraryFile, LibraryManifest } from "../run/library-manifest.ts";

/** A shipped graph, as the gallery shows it. */
export interface GalleryEntry {
  readonly shelf: GraphShelf;
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  readonly paper: string;
  /** What kind of problem it is shown on: "Box inpainting"; null for what is no problem's. */
  readonly problem: string | null;
  /** Denoiser evaluations and gradients through the network of the run that drew its picture. */
  readonly nfe: number | null;
  readonly vjpCalls: number | null;
  readonly picture: LibraryFile | null;
  readonly signal: SignalShape | null;
  readonly model: string | null;
}

export interface GalleryFilter {
  readonly words: string;
  readonly shelf: GraphShelf | null;
  readonly problem: string | null;
  /** Only what takes no gradient through the network. */
  readonly withoutGradient: boolean;
}

export const everything: GalleryFilter = {
  words: "",
  shelf: null,
  problem: null,
  withoutGradient: false,
};

export const shelves = [
  "examples",
  "samplers",
  "tasks",
  "blocks",
] as const satisfies readonly GraphShelf[];

/** All graphs of the library, shelf by shelf. */
export function entriesOf(manifest: LibraryManifest): readonly GalleryEntry[] {
  const pictures = new Map(manifest.pictures.map((picture) => [picture.of, picture]));
  const problems = new Map(manifest.tasks.map(({ name, title }) => [name, problemOf(title)]));
  return shelves.flatMap((shelf) =>
    manifest[shelf].map(({ name, title, summary, paper, task, nfe, vjpCalls, signal, model }) => ({
      shelf,
      name,
      title,
      summary,
      paper,
      problem: problems.get(shelf === "tasks" ? name : (task ?? "")) ?? null,
      ...(shelf === "tasks" ? { nfe: null, vjpCalls: null } : { nfe, vjpCalls }),
      picture: pictures.get(`${shelf}/${name}`) ?? null,
      signal,
      model,
    })),
  );
}

/** "Box inpainting" of "Box inpainting, 64 px". */
const problemOf = (title: string): string => title.split(",")[0] ?? title;

/** Each problem once, in the order of the entries. */
export const problemsOf = (entries: readonly GalleryEntry[]): readonly string[] => [
  ...new Set(entries.flatMap(({ problem }) => problem ?? [])),
];

/** Entries that fit a filter; what has the words in its title stands before what has them elsewhere. */
export function chosenBy(
  entries: readonly GalleryEntry[],
  { words, shelf, problem, withoutGradient }: GalleryFilter,
): readonly GalleryEntry[] {
  const wanted = plain(words).split(" ").filter(Boolean);
  const has = (text: string): boolean => wanted.every((word) => plain(text).includes(word));
  const fits = entries.filter(
    (entry) =>
      (shelf === null || entry.shelf === shelf) &&
      (problem === null || entry.problem === problem) &&
      (!withoutGradient || entry.vjpCalls === 0) &&
      has([entry.title, entry.name, entry.summary, entry.paper, entry.problem].join(" ")),
  );
  const inTitle = (entry: GalleryEntry): number => (has(`${entry.title} ${entry.name}`) ? 0 : 1);
  return fits.toSorted((a, b) => inTitle(a) - inTitle(b));
}

/** Small letters without marks; Greek letters of names by their words, as people type them. */
const plain = (text: string): string =>
  text
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll("π", "pi")
    .replaceAll("σ", "sigma")
    .replaceAll(/[-\s,]+/g, " ")
    .trim();
