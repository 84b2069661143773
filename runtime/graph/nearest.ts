import { distance } from "fastest-levenshtein";

const longest = 80;
const mostCandidates = 500;

/** The candidate that is most like `word`; null where none is like it. */
export function nearest(word: string, candidates: readonly string[]): string | null {
  if (word.length > longest) return null;
  let best: string | null = null;
  let least = mostEdits(word.length) + 1;
  for (const candidate of candidates.slice(0, mostCandidates)) {
    if (Math.abs(candidate.length - word.length) >= least) continue;
    const away = distance(word.toLowerCase(), candidate.toLowerCase());
    if (away < least) [best, least] = [candidate, away];
  }
  return best;
}

/** Two letters exchanged are two edits. */
function mostEdits(length: number): number {
  if (length < 4) return length < 2 ? 0 : 1;
  return Math.max(2, Math.floor(length / 3));
}

/** `did you mean "x"?`, or the choice where nothing is near; empty without candidates. */
export function suggestion(word: string, candidates: readonly string[]): string | undefined {
  const near = nearest(word, candidates);
  if (near !== null) return `Did you mean "${near}"?`;
  if (candidates.length === 0) return undefined;
  const shown = candidates.slice(0, 12).map((candidate) => `"${candidate}"`);
  return `Known here: ${shown.join(", ")}${candidates.length > shown.length ? ", …" : ""}.`;
}
