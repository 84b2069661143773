import { own } from "../../runtime/graph/own.ts";

const colours: Readonly<Record<string, string>> = {
  input: "--space-signal",
  operator: "--space-operator",
  prior: "--space-prior",
  schedule: "--space-schedule",
  sampler: "--accent",
  gradient: "--space-noise",
  math: "--space-scalar",
  metric: "--space-spectral",
  zone: "--accent",
  block: "--space-spectral",
  ownBlock: "--space-spectral",
  shippedBlock: "--space-spectral",
  slot: "--space-signal",
  output: "--space-signal",
};

/** The variable of theme.css that marks a family of nodes. */
export const familyColour = (family: string): string =>
  `var(${own(colours, family) ?? "--space-scalar"})`;
