/** What a wire carries. Tags say the conventions people get wrong; `unknown` connects to anything. */
export type PortType =
  | TensorPort
  | { readonly kind: "scalar" }
  | { readonly kind: "number" }
  | { readonly kind: "level" }
  | { readonly kind: "list" }
  | { readonly kind: "schedule" }
  | { readonly kind: "operator" }
  | { readonly kind: "prior" };

/** Which space a tensor lives in, its value range, what it estimates, and whether it is complex. */
export interface TensorTags {
  readonly space: "signal" | "measurement" | "spectral" | "unknown";
  readonly range: "[-1,1]" | "[0,1]" | "unknown";
  readonly estimates: "x0" | "eps" | "v" | "score" | "velocity" | "unknown";
  readonly field: "real" | "complex" | "unknown";
}

/** A float32 tensor [batch, channels, …spatial]. */
export interface TensorPort extends TensorTags {
  readonly kind: "tensor";
}

type Tags = Partial<Omit<TensorTags, "space">>;

const tensor = (space: TensorTags["space"], tags: Tags = {}): TensorPort => ({
  kind: "tensor",
  space,
  range: tags.range ?? "unknown",
  estimates: tags.estimates ?? "unknown",
  field: tags.field ?? "unknown",
});

/** Constructors of port types, for node definitions. */
export const port = {
  signal: (tags?: Tags) => tensor("signal", tags),
  measurement: (tags?: Tags) => tensor("measurement", tags),
  spectral: (tags?: Tags) => tensor("spectral", tags),
  /** A tensor of any space. */
  tensor: (tags?: Tags) => tensor("unknown", tags),
  /** One float64 a run or a step on the host, or one float32 a sample on the device. */
  scalar: () => ({ kind: "scalar" }) as const,
  /** A tensor or a scalar. */
  number: () => ({ kind: "number" }) as const,
  /** The pair (alpha, sigma) of x = alpha x0 + sigma eps. */
  level: () => ({ kind: "level" }) as const,
  /** A host list of scalars or levels. */
  list: () => ({ kind: "list" }) as const,
  schedule: () => ({ kind: "schedule" }) as const,
  operator: () => ({ kind: "operator" }) as const,
  prior: () => ({ kind: "prior" }) as const,
};

/** Fields that a wire of a structured kind offers as `source.field`. */
export const portFields: Readonly<Record<PortType["kind"], Readonly<Record<string, PortType>>>> = {
  tensor: {},
  scalar: {},
  number: {},
  list: { length: port.scalar(), first: port.scalar(), last: port.scalar() },
  level: {
    alpha: port.scalar(),
    sigma: port.scalar(),
    /** alpha² / (alpha² + sigma²): ᾱ of a variance preserving level. */
    alphaBar: port.scalar(),
    /** sigma / alpha: the noise level of the same state in variance exploding form. */
    ratio: port.scalar(),
  },
  schedule: {
    levels: port.list(),
    nextLevels: port.list(),
    steps: port.scalar(),
    first: port.level(),
    last: port.level(),
  },
  operator: {},
  prior: {},
};

const tagNames = ["space", "range", "estimates", "field"] as const;

export function formatPortType(type: PortType): string {
  if (type.kind !== "tensor") return type.kind;
  const { space, ...tags } = type;
  const known = [tags.range, tags.estimates, tags.field].filter((tag) => tag !== "unknown");
  const name = space === "unknown" ? "tensor" : space;
  return known.length === 0 ? name : `${name} (${known.join(", ")})`;
}

/** Why a value of type `from` may not flow into a port of type `to`; null when it may. */
export function whyNotAssignable(from: PortType, to: PortType): string | null {
  if (isNumberLike(from, to) || isNumberLike(to, from)) return null;
  if (from.kind !== to.kind) return `expected ${formatPortType(to)}, got ${formatPortType(from)}`;
  if (from.kind !== "tensor" || to.kind !== "tensor") return null;
  const tag = tagNames.find((name) => differ(from[name], to[name]));
  return tag === undefined ? null : `expected ${tag} ${to[tag]}, got ${from[tag]}`;
}

/** A `number` port takes tensors and scalars. */
const isNumberLike = (a: PortType, b: PortType) =>
  a.kind === "number" && (b.kind === "tensor" || b.kind === "scalar");

/** Only two known, different tags are refused. */
const differ = (a: string, b: string) => a !== b && a !== "unknown" && b !== "unknown";
