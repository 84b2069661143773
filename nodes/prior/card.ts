import { z } from "zod";
import { IssueError } from "../../runtime/base/issue.ts";
import { partialParametrisation, type PartialParametrisation } from "./parametrisation.ts";

/** What is read of a model's card; further fields are for people. */
const card = z.looseObject({
  /** How the network is to be asked. */
  denoodle: partialParametrisation.optional(),
});

/** The `denoodle` section of a card; empty without a card. @throws IssueError `model.card`. */
export function readCard(name: string, given: unknown): PartialParametrisation {
  if (given === undefined || given === null) return {};
  const parsed = card.safeParse(given);
  if (parsed.success) return parsed.data.denoodle ?? {};
  throw new IssueError(
    parsed.error.issues.map(({ path, message }) => ({
      code: "model.card",
      message: `The card of ${name}, ${path.map(String).join(".")}: ${message}.`,
      at: {},
      fix: "Mend the card, or give the field as a param of the node.",
    })),
  );
}
