import { strToU8, unzipSync, type Zippable, zipSync } from "fflate";
import type { Message } from "../document/history.ts";

/** A graph with its files, as one .zip holds them. */
export interface Bundle {
  /** Of the graph's file. */
  readonly name: string;
  readonly text: string;
  /** By the names that the graph uses. */
  readonly files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
}

/** The bytes of a .zip; unpacked into a folder, `denoodle run` finds all of it. */
export function writeBundle({ name, text, files }: Bundle): Uint8Array<ArrayBuffer> {
  const graph = files.has(name) ? `graph-${name}` : name;
  const entries: Zippable = { [graph]: [strToU8(text), { level: 6 }] };
  // pictures and weights are as small as they get
  for (const [file, bytes] of files) entries[file] = [bytes, { level: 0 }];
  return zipSync(entries);
}

const mostFiles = 200;
/** Of an archive, and of all that is in it. */
export const mostBytes = 1024 * 2 ** 20;

/** What a .zip holds, or why it holds no graph. Files lie beside the graph, in whatever folder it is. */
export function readBundle(zip: Uint8Array): Bundle | { readonly refused: Message } {
  const entries = unpacked(zip);
  if (entries === null) return { refused: { key: "storage.refused.zip" } };
  const graph = [...entries]
    .filter(([name, bytes]) => name.endsWith(".json") && isGraph(bytes))
    .toSorted(([a], [b]) => a.split("/").length - b.split("/").length)[0];
  if (graph === undefined) return { refused: { key: "storage.refused.zipGraph" } };
  const [path, bytes] = graph;
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  const files = [...entries]
    .filter(([name]) => name !== path && name.startsWith(folder))
    .map(([name, content]) => [name.slice(folder.length), content] as const);
  return { name: path.slice(folder.length), text: textOf(bytes), files: new Map(files) };
}

/** The files of an archive; null where it is broken, or holds more than is read. */
function unpacked(zip: Uint8Array): ReadonlyMap<string, Uint8Array<ArrayBuffer>> | null {
  let [count, size] = [0, 0];
  try {
    const entries = unzipSync(zip, {
      filter({ originalSize }) {
        count += 1;
        size += originalSize;
        return count <= mostFiles && size <= mostBytes;
      },
    });
    if (count > mostFiles || size > mostBytes) return null;
    return new Map(
      Object.entries(entries).filter(([name]) => !name.endsWith("/") && !isOfSystem(name)),
    );
  } catch {
    // fflate throws on what is not its own
    return null;
  }
}

/** What file managers leave in archives. */
const isOfSystem = (name: string): boolean => /(?:^|\/)(?:__MACOSX\/|\.)/u.test(name);

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** A graph's version is a number at its top; a card or any other JSON has none. */
function isGraph(bytes: Uint8Array): boolean {
  try {
    const value: unknown = JSON.parse(textOf(bytes));
    return (
      typeof value === "object" &&
      value !== null &&
      "denoodle" in value &&
      typeof value.denoodle === "number"
    );
  } catch {
    // what is no JSON is no graph
    return false;
  }
}
