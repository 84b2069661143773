import type { Bound, Field, NamedField, NumberField } from "./field.ts";

type Plain = Readonly<Record<string, unknown>>;
type Of<Kind extends Field["kind"]> = Extract<Field, { kind: Kind }>;

export const isPlain = (value: unknown): value is Plain =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const forms: { readonly [Kind in Field["kind"]]: (field: Of<Kind>, value: unknown) => boolean } = {
  number: (_, value) => typeof value === "number",
  boolean: (_, value) => typeof value === "boolean",
  text: (_, value) => typeof value === "string",
  choice: ({ values }, value) => values.some((each) => each === value),
  constant: (field, value) => field.value === value,
  list: ({ item }, value) => Array.isArray(value) && value.every((each) => hasForm(item, each)),
  tuple: ({ items }, value) => Array.isArray(value) && value.length === items.length,
  record: (_, value) => isPlain(value),
  object: ({ fields }, value) => isPlain(value) && fields.every((part) => hasPart(part, value)),
  union: ({ options }, value) => options.some((option) => hasForm(option.field, value)),
  json: (_, value) => value !== undefined && !isPlain(value),
};

/** Whether a value has the form of a field; whether it is in its range is another question. */
export function hasForm(field: Field, value: unknown): boolean {
  const form = forms[field.kind] as (of: Field, value: unknown) => boolean;
  return form(field, value);
}

function hasPart({ name, field, required }: NamedField, value: Plain): boolean {
  const part = value[name];
  if (part === undefined) return !required;
  return field.kind !== "constant" || field.value === part;
}

const starts: { readonly [Kind in Field["kind"]]: (field: Of<Kind>) => unknown } = {
  number: startNumber,
  boolean: () => false,
  text: () => "",
  choice: ({ values }) => values[0],
  constant: ({ value }) => value,
  list: ({ item, least }) => Array.from({ length: Math.max(1, least) }, () => startValue(item)),
  tuple: ({ items }) => startTuple(items),
  record: () => ({}),
  object: ({ fields }) => startObject(fields),
  union: ({ options }) => (options[0] === undefined ? null : startValue(options[0].field)),
  json: () => [0],
};

/** The value a form begins with when something is added; as near to valid as a form can know. */
export function startValue(field: Field): unknown {
  const start = starts[field.kind] as (of: Field) => unknown;
  return start(field);
}

/** A pair without bounds is nearly always a range. */
function startTuple(items: readonly Field[]): readonly unknown[] {
  const isRange =
    items.length === 2 &&
    items.every((item) => item.kind === "number" && item.min === null && !item.integer);
  return isRange ? [-1, 1] : items.map(startValue);
}

function startObject(fields: readonly NamedField[]): Plain {
  return Object.fromEntries(
    fields
      .filter(({ required }) => required)
      .map(({ name, field, fallback }) => [name, fallback ?? startValue(field)]),
  );
}

/** 1 where it is inside, else the lower bound or what is just above it. */
function startNumber({ integer, min, max }: NumberField): number {
  const low = end(min, -Infinity);
  const high = end(max, Infinity);
  const middle = (Math.max(low, 0) + high) / 2;
  const wanted = integer || high > 1 ? 1 : middle;
  if (wanted > low && wanted < high) return wanted;
  if (min?.inclusive === true) return low;
  return !integer && Number.isFinite(high) ? middle : low + 1;
}

const end = (bound: Bound | null, open: number): number => (bound === null ? open : bound.value);

/** Whether a form gives a field a line of its own under its name. */
export function isWide(field: Field): boolean {
  if (field.kind === "tuple") return field.items.length > 2;
  if (field.kind === "union") return field.options.some((option) => isWide(option.field));
  if (field.kind === "text") return (field.most ?? 0) > 200;
  return ["list", "object", "record", "json"].includes(field.kind);
}
