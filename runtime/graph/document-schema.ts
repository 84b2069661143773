import { z } from "zod";
import type { Body, Document } from "./document.ts";
import { slotKinds, structuralTypes } from "./document.ts";

/*
 * Objects are loose: what this version does not know is kept. Names are checked by validate. The text given to a
 * union ends the sentence "Expected …".
 */

const ref = z.string().describe('"node.port", "@name", or either with one more ".field"');
const refs = z.record(z.string(), ref);
const params = z.record(z.string(), z.unknown());
const version = z.int().min(0);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** A union tells a zone from a node by this alone, so that a faulty zone is reported as a zone. */
const notStructural = new RegExp(`^(?!(?:${[...structuralTypes].join("|")})$)`);

const about = z.looseObject({
  summary: z.exactOptional(z.string()),
  paper: z.exactOptional(z.string()),
  equations: z.exactOptional(z.string()),
  departures: z.exactOptional(z.array(z.string())),
});

const nodeDefault = z.looseObject({
  type: z.string(),
  v: version,
  params: z.exactOptional(params),
});
const assetDefault = z.looseObject({ asset: z.string(), sha256: z.exactOptional(sha256) });

const slot = z.looseObject({
  kind: z.enum(slotKinds),
  default: z.exactOptional(
    z.union([nodeDefault, assetDefault, z.number()], "a node, a file or a number"),
  ),
  optional: z.exactOptional(z.boolean()),
  description: z.exactOptional(z.string()),
});
const slots = z.record(z.string(), slot);

const wired = { params: z.exactOptional(params), in: z.exactOptional(refs) };
const body: z.ZodType<Body> = z.lazy(() => z.record(z.string(), node)).meta({ id: "body" });

const plainNode = z.looseObject({
  type: z.string().regex(notStructural, { abort: true }),
  v: version,
  ...wired,
});
const blockNode = z.looseObject({ type: z.literal("block"), use: z.string(), ...wired });

const state = z.looseObject({
  init: ref,
  next: ref,
  depth: z.exactOptional(z.literal([1, 2, 3])),
});
const loop = {
  v: z.literal(1),
  ...wired,
  states: z.exactOptional(z.record(z.string(), state)),
  scans: z.exactOptional(refs),
  body,
};
const stop = z.exactOptional(ref);
const repeatZone = z.looseObject({ type: z.literal("zone/repeat"), ...loop, stop });
const forEachZone = z.looseObject({ type: z.literal("zone/for-each"), each: refs, ...loop, stop });
const whileZone = z.looseObject({
  type: z.literal("zone/while"),
  while: ref,
  ...loop,
  params: z.looseObject({ max: z.int().min(1) }),
});
const branch = z.looseObject({ body, outputs: refs });
const ifZone = z.looseObject({
  type: z.literal("zone/if"),
  v: z.literal(1),
  ...wired,
  in: z.looseObject({ condition: ref }).catchall(ref),
  then: branch,
  else: branch,
});

const structural = z.discriminatedUnion("type", [
  blockNode,
  repeatZone,
  forEachZone,
  whileZone,
  ifZone,
]);
const node = z.union([structural, plainNode], "a node, an object with a type").meta({ id: "node" });

const block = z.looseObject({
  name: z.exactOptional(z.string()),
  about: z.exactOptional(about),
  inputs: slots,
  graph: body,
  outputs: refs,
  sha256: z.exactOptional(sha256),
});

/** The shape of a graph file; what its names mean is checked by `validate`. */
export const documentSchema: z.ZodType<Document> = z.looseObject({
  denoodle: z.literal(1),
  name: z.string(),
  about: z.exactOptional(about),
  task: z.exactOptional(z.string()),
  inputs: slots,
  graph: body,
  outputs: refs,
  blocks: z.record(z.string(), block),
  ui: z.exactOptional(z.unknown()),
});
