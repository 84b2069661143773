import {
  completeParametrisation,
  partialParametrisation,
  type PartialParametrisation,
} from "../../nodes/prior/parametrisation.ts";
import type { AnswerTo } from "./prior-checks.ts";

export type Convention = PartialParametrisation;
export type Field = keyof Convention;

/** Where a field's value comes from: `usual` is a guess, `person` was chosen on the page. */
export type Source = "card" | "names" | "shapes" | "usual" | "tested" | "person";

export interface Draft {
  readonly convention: Convention;
  readonly sources: Readonly<Partial<Record<Field, Source>>>;
}

export const emptyDraft: Draft = { convention: {}, sources: {} };

/** What is known of a model, the surest last. */
export function draftOf(read: AnswerTo<"read">): Draft {
  return (["usual", "shapes", "names", "card"] as const).reduce(
    (draft, source) => withFields(draft, asConvention(read[source]), source),
    emptyDraft,
  );
}

/** A convention that came over a wire; what is none of its fields is left out. */
export function asConvention(given: Readonly<Record<string, unknown>>): Convention {
  return partialParametrisation.safeParse(given).data ?? {};
}

/** Fields laid over a draft; undefined takes one out. */
export function withFields(draft: Draft, fields: Convention, source: Source): Draft {
  const convention: Record<string, unknown> = { ...draft.convention };
  const sources: Record<string, Source> = { ...draft.sources };
  for (const [field, value] of Object.entries(fields)) {
    if (value === undefined) {
      delete convention[field];
      delete sources[field];
    } else {
      convention[field] = value;
      sources[field] = source;
    }
  }
  return { convention, sources };
}

/** What says how the noise is told and which; a tested convention replaces all of it. */
const tied = ["predicts", "process", "conditioning", "betas", "timeScale", "dataTime"] as const;

/** The convention that a test found, in place of the one before. */
export function withFit(draft: Draft, partial: Convention): Draft {
  const emptied = withFields(
    draft,
    Object.fromEntries(tied.map((field) => [field, undefined])),
    "tested",
  );
  const found = Object.fromEntries(tied.flatMap((f) => (f in partial ? [[f, partial[f]]] : [])));
  return withFields(emptied, found, "tested");
}

export const isComplete = ({ convention }: Draft): boolean =>
  completeParametrisation(convention) !== null;

/** Whether two conventions ask the network the same. */
export const isSameConvention = (a: Convention, b: Convention): boolean =>
  JSON.stringify(completeParametrisation(a)) === JSON.stringify(completeParametrisation(b));
