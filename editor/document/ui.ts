import { z } from "zod";
import type { Document } from "../../runtime/graph/document.ts";
import { own } from "../../runtime/graph/own.ts";
import type { Key } from "./keys.ts";
import { uiNameOf } from "./keys.ts";

/** A canvas is no wider: what lies farther out could not be seen beside anything. */
const farthest = 1e6;
const isCoordinate = (value: unknown): boolean =>
  typeof value === "number" && Math.abs(value) <= farthest;
const coordinate = z.number().min(-farthest).max(farthest);
const point = z.tuple([coordinate, coordinate]);
export type Point = z.infer<typeof point>;

/** Those that are sound; what has none is placed as if the file were silent. */
const places = z
  .record(z.string(), z.unknown())
  .catch({})
  .transform((given) =>
    Object.fromEntries(
      Object.entries(given).flatMap(([name, at]) => {
        const { data } = point.safeParse(at);
        return data === undefined ? [] : [[name, data] as const];
      }),
    ),
  );

const note = z.looseObject({
  at: point,
  size: point,
  text: z.string(),
  scope: z.string().default("graph"),
});
const frame = z.looseObject({
  at: point,
  size: point,
  title: z.string(),
  colour: z.string().default("grey"),
  scope: z.string().default("graph"),
});

const breakpoint = z.looseObject({
  id: z.string(),
  /** The wire whose frames are looked at, as probes name it; null: iterations of `zone`. */
  wire: z.string().nullable().default(null),
  /** An outermost zone, by its id. */
  zone: z.string().nullable().default(null),
  /** As the studio's protocol has it; "1" stops every time. */
  condition: z.string().default("1"),
  enabled: z.boolean().default(true),
});

const view = z.looseObject({
  name: z.string(),
  scope: z.string().default("graph"),
  at: point,
  size: point,
});

export const largestSeed = 2 ** 32 - 1;
export const mostSamples = 100_000;

/** Faulty parts of the block are passed over, for it never keeps a graph from opening. */
const uiSchema = z.looseObject({
  /** Positions by `uiNameOf`, relative to the body's origin. */
  nodes: places.default({}),
  /** What nodes are called where they are drawn, by `uiNameOf`; wires, messages and probes name them by their ids. */
  labels: z.record(z.string(), z.string().max(200)).catch({}).default({}),
  /** Zones (`uiNameOf`) drawn as one node. */
  collapsed: z.array(z.string()).catch([]).default([]),
  notes: z.record(z.string(), note).catch({}).default({}),
  frames: z.record(z.string(), frame).catch({}).default({}),
  /** Bends of a wire, by the key of the place it ends in. */
  reroutes: z.record(z.string(), z.array(point)).catch({}).default({}),
  /** Wires drawn as two named ends, by the key of the place they end in. */
  portals: z.array(z.string()).catch([]).default([]),
  /** What a run's random numbers begin from. `denoodle run` takes it by --seed. */
  seed: z.int().min(0).max(largestSeed).catch(0).default(0),
  /** How many samples a run has; null: as many as its inputs hold. `denoodle run` takes them by --samples. */
  samples: z.int().min(1).max(mostSamples).nullable().catch(null).default(null),
  /** Parts of the canvas to come back to; a graph opens with the first of its own body. */
  views: z.array(view).catch([]).default([]),
  /** Wires that are watched, as `denoodle run --probe` names them: `anneal/denoise.x0`. */
  probes: z.array(z.string()).catch([]).default([]),
  /** Where a run is held so that it can be looked at. */
  breakpoints: z.array(breakpoint).catch([]).default([]),
  /** Nodes passed by, by `uiNameOf`: the references that read each before. */
  bypassed: z.record(z.string(), z.record(z.string(), z.string())).catch({}).default({}),
});

export type Ui = z.infer<typeof uiSchema>;
export type UiView = z.infer<typeof view>;
export type UiBreakpoint = z.infer<typeof breakpoint>;

const empty: Ui = uiSchema.parse({});
const known = new WeakMap<object, Ui>();

/** The layout block of a document; what is missing or faulty in it is empty. */
export function uiOf({ ui }: Document): Ui {
  if (typeof ui !== "object" || ui === null) return empty;
  const before = known.get(ui);
  if (before !== undefined) return before;
  const result = readUi(ui);
  known.set(ui, result);
  return result;
}

/** Positions are many and change with every drag: where all are sound they are taken as they are. */
function readUi(ui: object): Ui {
  const { nodes, ...others } = ui as { readonly nodes?: unknown };
  if (!arePlaces(nodes)) return uiSchema.safeParse(ui).data ?? empty;
  const read = uiSchema.safeParse(others).data ?? empty;
  return { ...read, nodes };
}

function arePlaces(nodes: unknown): nodes is Ui["nodes"] {
  if (typeof nodes !== "object" || nodes === null || Array.isArray(nodes)) return false;
  return Object.values(nodes).every(
    (at) => Array.isArray(at) && at.length === 2 && at.every((value) => isCoordinate(value)),
  );
}

/** What a node is called where it is drawn; null where it has no name but its id. */
export const labelOf = (document: Document, key: Key): string | null =>
  own(uiOf(document).labels, uiNameOf(key)) ?? null;

/** Where the document says a thing stands; null where it does not say. */
export const positionOf = (document: Document, key: Key): Point | null =>
  uiOf(document).nodes[uiNameOf(key)] ?? null;
