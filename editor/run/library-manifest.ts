import { z } from "zod";
import { blockFacts } from "../blocks/shelf-block.ts";
import { priorShape, signalShape } from "../gallery/prior-fit.ts";

const file = z.object({ file: z.string(), bytes: z.number(), sha256: z.string() });
const graph = file.extend({
  name: z.string(),
  title: z.string(),
  summary: z.string(),
  paper: z.string(),
  /** The task that it runs on where none is named. */
  task: z.nullable(z.string()),
  /** What a run on that task took, as `graphs/pictures/PROVENANCE.json` has it. */
  nfe: z.nullable(z.number()),
  vjpCalls: z.nullable(z.number()),
  /** What it shows itself on, where that is a picture or a sound of the library. */
  signal: z.nullable(signalShape),
  /** The shipped model that is its prior where none is chosen. */
  model: z.nullable(z.string()),
});

/** What the page can fetch, by names: written by the build, read by page and worker. Files are named from the library's folder. */
export const libraryManifest = z.object({
  examples: z.array(graph),
  samplers: z.array(graph),
  tasks: z.array(graph),
  blocks: z.array(graph.extend({ inputs: blockFacts.shape.inputs })),
  /** Pictures, arrays and sounds that graphs name. */
  assets: z.array(file.extend({ name: z.string() })),
  models: z.array(
    file.extend({
      name: z.string(),
      title: z.string(),
      card: z.nullable(file),
      takes: z.nullable(priorShape),
    }),
  ),
  /** Of a graph, as `samplers/dps`. */
  pictures: z.array(file.extend({ of: z.string() })),
});
export type LibraryManifest = z.infer<typeof libraryManifest>;
export type LibraryFile = z.infer<typeof file>;
export type GraphEntry = z.infer<typeof graph>;
export type GraphShelf = "examples" | "samplers" | "tasks" | "blocks";
