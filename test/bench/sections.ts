import type { Bench } from "./bench.ts";
import { flatMemory, largeNetwork } from "./sections/memory.ts";
import { networks } from "./sections/networks.ts";
import { noise } from "./sections/noise.ts";
import { operatorSteps } from "./sections/operators.ts";
import { overhead } from "./sections/overhead.ts";
import { samplerOverheads } from "./sections/samplers.ts";
import { sizes } from "./sections/sizes.ts";
import { startUp } from "./sections/start-up.ts";
import type { Section } from "./report.ts";

type Measure = (bench: Bench) => Promise<Section | readonly Section[]>;

/** Every question that the bench answers, by name, in order. */
export const sections: Readonly<Record<string, Measure>> = {
  overhead,
  samplers: samplerOverheads,
  networks,
  operators: operatorSteps,
  noise,
  "start-up": startUp,
  sizes,
  memory: flatMemory,
  large: largeNetwork,
};

export const sectionNames: readonly string[] = Object.keys(sections);
