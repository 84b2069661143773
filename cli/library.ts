import { existsSync, readdirSync, statSync } from "node:fs";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { nearest, suggestion } from "../runtime/graph/nearest.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

/** What Denoodle comes with, by kind: a folder, and how its files end. */
const shelves = {
  samplers: { folder: join(root, "graphs", "samplers"), extensions: [".json"] },
  blocks: { folder: join(root, "graphs", "blocks"), extensions: [".json"] },
  tasks: { folder: join(root, "graphs", "tasks"), extensions: [".json"] },
  models: { folder: join(root, "models"), extensions: [".onnx"] },
  images: {
    folder: join(root, "graphs", "assets"),
    extensions: [".png", ".jpg", ".webp", ".npy", ".wav"],
  },
  tensors: { folder: join(root, "graphs", "assets"), extensions: [".npy"] },
  inputs: {
    folder: join(root, "graphs", "assets"),
    extensions: [".png", ".jpg", ".jpeg", ".webp", ".npy", ".npz"],
  },
} as const;
export type Shelf = keyof typeof shelves;

/** The folder of the package itself. */
export const packageFolder = root;

/** The path of a shipped file by its name, with or without its extension; null where there is none. */
export function shippedFile(shelf: Shelf, name: string): string | null {
  if (!/^[\w][\w.-]*$/.test(name)) return null;
  const { folder, extensions } = shelves[shelf];
  const names = [name, ...extensions.map((extension) => `${name}${extension}`)];
  const found = names.find(
    (each) =>
      extensions.some((extension) => each.endsWith(extension)) && existsSync(join(folder, each)),
  );
  return found === undefined ? null : join(folder, found);
}

/** The names of all shipped files of a kind, without extension, sorted. */
export function shippedNames(shelf: Shelf): readonly string[] {
  const { folder, extensions } = shelves[shelf];
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).flatMap((file) => {
    const extension = extensions.find((each) => file.endsWith(each));
    return extension === undefined ? [] : [file.slice(0, -extension.length)];
  });
  return [...new Set(names)].toSorted();
}

/** Shipped files by their names as a person wrote one: with extensions where that has one. */
export function shippedLike(shelf: Shelf, name: string): readonly string[] {
  return extname(name) === "" ? shippedNames(shelf) : filesLike(shelf, shelves[shelf].folder);
}

/** Files of a folder that are of the shelf's kind by their names, as a person in `shown` names them. */
export function filesLike(shelf: Shelf, folder: string, shown = "."): readonly string[] {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return [];
  const { extensions } = shelves[shelf];
  return readdirSync(folder)
    .filter((file) => extensions.some((extension) => file.endsWith(extension)))
    .map((file) => join(shown, file))
    .toSorted();
}

/** `suggestion` for files: an extension says nothing of how like two names are. */
export function suggestedFile(name: string, candidates: readonly string[]): string | undefined {
  const stems = candidates.map(stem);
  const near = nearest(stem(name), stems);
  const found = candidates[stems.indexOf(near ?? "")];
  return found === undefined ? suggestion("", candidates) : `Did you mean "${found}"?`;
}

const stem = (name: string) => name.slice(0, name.length - extname(name).length);
