const longest = 80;

/**
 * A plain file name that documents, command lines and every file system take: what a folder or a device could
 * be is left out, an ending stays.
 */
export function plainName(given: string): string {
  const last = given.normalize("NFC").split(/[/\\]/u).at(-1) ?? "";
  const safe = last
    .replaceAll(/[\p{C}<>:"|?*]/gu, "")
    .replace(/^[\s.~-]+/u, "")
    .trimEnd();
  const [stem, ending] = parts(safe === "" ? "file" : safe);
  return `${stem.slice(0, longest - ending.length)}${ending}`;
}

/** The name, or the first of `cat-2.png`, `cat-3.png`, … that is free. */
export function freeName(name: string, isTaken: (name: string) => boolean): string {
  if (!isTaken(name)) return name;
  const [whole, ending] = parts(name);
  const stem = whole.replace(/-\d+$/u, "");
  for (let count = 2; ; count += 1) {
    const next = `${stem}-${count}${ending}`;
    if (!isTaken(next)) return next;
  }
}

/** `["cat", ".png"]`; the ending is empty where there is none. */
function parts(name: string): readonly [stem: string, ending: string] {
  const dot = name.lastIndexOf(".");
  return dot < 1 ? [name, ""] : [name.slice(0, dot), name.slice(dot)];
}
