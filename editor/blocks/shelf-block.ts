import { z } from "zod";
import { slotKinds, type Document } from "../../runtime/graph/document.ts";

/** What the palette says of a block that lies in a file of its own. */
export const blockFacts = z.object({
  title: z.string(),
  summary: z.string(),
  paper: z.string(),
  inputs: z.record(z.string(), z.enum(slotKinds)),
});
export type BlockFacts = z.infer<typeof blockFacts>;

/** A block that any graph can take: one that Denoodle comes with, or one that the user kept. */
export interface ShelfBlock extends BlockFacts {
  readonly whose: "shipped" | "own";
  /** Of the file, without its ending: what the block is called in a graph. */
  readonly name: string;
}

export const factsOf = ({ name, about, inputs }: Document): BlockFacts => ({
  title: name,
  summary: about?.summary ?? "",
  paper: about?.paper ?? "",
  inputs: Object.fromEntries(Object.entries(inputs).map(([id, { kind }]) => [id, kind])),
});
