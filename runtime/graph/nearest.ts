import { distance } from "fastest-levenshtein";

const longest = 80;

/** The candidate that is most like `word`, null where none is like it: at most a third of the letters differ. */
export function nearest(word: string, candidates: readonly string[]): string | null {
  if (word.length > longest) return null;
  const scored = candidates
    .filter((candidate) => candidate.length <= longest)
    .map((candidate) => ({ candidate, away: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .toSorted((a, b) => a.away - b.away);
  const best = scored[0];
  if (best === undefined) return null;
  return best.away <= Math.max(1, Math.floor(word.length / 3)) ? best.candidate : null;
}

/** `did you mean "x"?`, or the choice where nothing is near; empty without candidates. */
export function suggestion(word: string, candidates: readonly string[]): string | undefined {
  const near = nearest(word, candidates);
  if (near !== null) return `Did you mean "${near}"?`;
  if (candidates.length === 0) return undefined;
  const shown = candidates.slice(0, 12).map((candidate) => `"${candidate}"`);
  return `Known here: ${shown.join(", ")}${candidates.length > shown.length ? ", …" : ""}.`;
}
