/** A name for the file of a document that has none. */
export function fileNameOf(title: string): string {
  const words = title
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu);
  return `${(words ?? ["graph"]).join("-").slice(0, 60)}.json`;
}
