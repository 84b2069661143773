import type { PortType } from "../../runtime/graph/ports.ts";

/** How a port looks: a shape for its kind, a colour for its space. */
export interface PortLook {
  readonly shape: "circle" | "diamond" | "square" | "triangle" | "star" | "ring";
  /** A variable of theme.css. */
  readonly colour: string;
}

const ofKind: Readonly<Record<Exclude<PortType["kind"], "tensor">, PortLook>> = {
  scalar: { shape: "diamond", colour: "--space-scalar" },
  number: { shape: "diamond", colour: "--space-scalar" },
  level: { shape: "diamond", colour: "--space-schedule" },
  list: { shape: "ring", colour: "--space-schedule" },
  schedule: { shape: "triangle", colour: "--space-schedule" },
  operator: { shape: "square", colour: "--space-operator" },
  prior: { shape: "star", colour: "--space-prior" },
};

const ofSpace = {
  signal: "--space-signal",
  measurement: "--space-measurement",
  spectral: "--space-spectral",
  unknown: "--space-scalar",
} as const;

const noiseLike = new Set(["eps", "score", "v", "velocity"]);

export function portLook(type: PortType | null): PortLook {
  if (type === null) return { shape: "ring", colour: "--space-scalar" };
  if (type.kind !== "tensor") return ofKind[type.kind];
  const colour = noiseLike.has(type.estimates) ? "--space-noise" : ofSpace[type.space];
  return { shape: "circle", colour };
}
