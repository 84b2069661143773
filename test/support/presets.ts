import { readFileSync } from "node:fs";
import type { Document, NodeDefault } from "../../runtime/graph/document.ts";
import { readDocument } from "../../runtime/graph/read.ts";
import { writeDocument } from "../../runtime/graph/write.ts";

/** A shipped sampler on a small task, with so few steps that it runs in moments. */
export interface Preset {
  readonly name: string;
  readonly task: string;
  readonly steps: number;
  /** Other inputs that are numbers. */
  readonly numbers?: Readonly<Record<string, number>>;
  /** Of how many pixels rounding may decide the value, so that another device gives another. */
  readonly undecided?: number;
}

/** One of each family: gradients through the network, projections, spectra, blocks in zones in zones, optimisers. */
export const presets: readonly Preset[] = [
  { name: "dps", task: "box-inpainting-28", steps: 5 },
  { name: "ddnm", task: "super-resolution-x4-28", steps: 5, numbers: { travelLength: 1 } },
  { name: "ddrm", task: "gaussian-deblurring-28", steps: 5 },
  { name: "pigdm", task: "random-inpainting-28", steps: 4 },
  {
    name: "daps",
    task: "box-inpainting-28",
    steps: 3,
    numbers: { odeSteps: 2, langevinSteps: 5 },
  },
  { name: "dps-mo", task: "super-resolution-x4-28", steps: 3, numbers: { innerSteps: 4 } },
  // Adam divides by the size of the gradient: rounding decides where a pixel's gradient is all but zero.
  { name: "reddiff", task: "box-inpainting-28", steps: 3, undecided: 2 },
  { name: "projdiff-hdr", task: "hdr-28", steps: 4 },
];

/** A graph's text, and the wire that becomes its result, which it probes. */
export interface PresetGraph {
  readonly text: string;
  readonly wire: string;
}

export function presetGraph({ name, task, steps, numbers = {} }: Preset): PresetGraph {
  const url = new URL(`../../graphs/samplers/${name}.json`, import.meta.url);
  const { document } = readDocument(readFileSync(url, "utf8"));
  if (document === null) throw new Error(`${name} cannot be read`);
  const { prior, schedule, ...others } = document.inputs;
  const inputs = {
    ...Object.fromEntries(
      Object.entries(others).map(([id, slot]) => [
        id,
        numbers[id] === undefined ? slot : { ...slot, default: numbers[id] },
      ]),
    ),
    prior: withParams(prior, { model: "fashion28" }),
    schedule: withParams(schedule, { steps }),
  } as Document["inputs"];
  const wire = document.outputs["x0"] ?? "";
  return { text: writeDocument({ ...document, task, inputs, ui: { probes: [wire] } }), wire };
}

function withParams(slot: Document["inputs"][string] | undefined, params: object) {
  const node = slot?.default as NodeDefault;
  return { ...slot, default: { ...node, params: { ...node.params, ...params } } };
}
