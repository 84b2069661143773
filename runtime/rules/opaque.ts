import { issueError } from "../base/issue.ts";
import { firstType, type Family } from "./family.ts";

/** What is declared to have no gradient, so that a gradient that reaches it is refused and not taken for zero. */
export const opaque: Family<"Opaque"> = {
  Opaque: {
    infer: (inputs) => [firstType("Opaque", inputs)],
    vjp: (_, { params: { message, fix } }) => {
      throw issueError("gradient.opaque", message, {}, { fix });
    },
    lower: (_, [value]) => value,
    cost: () => 0,
  },
};
