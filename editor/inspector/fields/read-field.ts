import { z } from "zod";
import type { Bound, Constant, Field, NamedField, UnionOption } from "./field.ts";

type Schema = z.core.JSONSchema.BaseSchema;

/** The fields of an object schema, in its order. */
export function readFields(schema: z.ZodObject): readonly NamedField[] {
  return fieldsOfObject(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }));
}

function fieldsOfObject({ properties = {}, required = [] }: Schema): readonly NamedField[] {
  return Object.entries(properties).map(([name, property]) => {
    const schema = objectSchema(property);
    return {
      name,
      field: schema === null ? { kind: "json" } : fieldOf(schema, required.includes(name)),
      required: required.includes(name),
      fallback: schema?.default,
      description: schema?.description ?? null,
    };
  });
}

/** A switch has no place for "not set": where that is a third state, it is a choice. */
function fieldOf(schema: Schema, required: boolean): Field {
  const field = readField(schema);
  const canBeUnset = !required && schema.default === undefined;
  return field.kind === "boolean" && canBeUnset ? { kind: "choice", values: [true, false] } : field;
}

function readField(schema: Schema): Field {
  if (schema.enum !== undefined) return { kind: "choice", values: schema.enum.map(constantOf) };
  if (schema.const !== undefined) return { kind: "constant", value: constantOf(schema.const) };
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return readUnion(choices);
  const read = typeof schema.type === "string" ? readers[schema.type] : undefined;
  return read === undefined ? { kind: "json" } : read(schema);
}

const readers: Readonly<Record<string, (schema: Schema) => Field>> = {
  boolean: () => ({ kind: "boolean" }),
  null: () => ({ kind: "constant", value: null }),
  integer: readNumber,
  number: readNumber,
  string: ({ minLength = 0, maxLength = null }) => ({
    kind: "text",
    least: minLength,
    most: maxLength,
  }),
  array: readArray,
  object: readObject,
};

/** Alternatives that are all single values are a choice. */
function readUnion(choices: readonly (Schema | boolean)[]): Field {
  const options = choices.map((choice): UnionOption => {
    const schema = objectSchema(choice);
    const field: Field = schema === null ? { kind: "json" } : readField(schema);
    return { name: optionName(field), field };
  });
  const values = options.flatMap(({ field }) => (field.kind === "constant" ? [field.value] : []));
  if (values.length === options.length) return { kind: "choice", values };
  return options.some(({ field }) => field.kind === "json")
    ? (foldAny(options) ?? { kind: "json" })
    : { kind: "union", options };
}

/** A union in which one alternative can be anything that is not an object: the others keep their forms. */
function foldAny(options: readonly UnionOption[]): Field | null {
  return options.some(({ field }) => field.kind === "object") ? { kind: "union", options } : null;
}

/** The value of the tag that tells an object from its siblings, else the names that it must have. */
function optionName(field: Field): string | null {
  if (field.kind !== "object") return null;
  const tag = field.fields.find((part) => part.field.kind === "constant");
  if (tag?.field.kind === "constant") return String(tag.field.value);
  return field.fields
    .filter(({ required }) => required)
    .map(({ name }) => name)
    .join(", ");
}

function readArray(schema: Schema): Field {
  const { prefixItems, items, minItems = 0, maxItems = null } = schema;
  if (prefixItems !== undefined)
    return { kind: "tuple", items: prefixItems.map((item) => fieldOrJson(objectSchema(item))) };
  const item = items === undefined || Array.isArray(items) ? null : objectSchema(items);
  if (item === null || isNested(item)) return { kind: "json" };
  return { kind: "list", item: readField(item), least: minItems, most: maxItems };
}

/** Lists of lists of any depth refer to themselves. */
const isNested = (schema: Schema): boolean => schema.$ref !== undefined;

function readObject(schema: Schema): Field {
  const item =
    schema.additionalProperties === undefined ? null : objectSchema(schema.additionalProperties);
  if (schema.properties === undefined && item !== null)
    return { kind: "record", item: readField(item) };
  return { kind: "object", fields: fieldsOfObject(schema) };
}

function readNumber(schema: Schema): Field {
  const unit: unknown = schema["unit"];
  return {
    kind: "number",
    integer: schema.type === "integer",
    min: bound(schema.minimum, schema.exclusiveMinimum),
    max: bound(schema.maximum, schema.exclusiveMaximum),
    unit: typeof unit === "string" ? unit : null,
  };
}

/** Zod bounds every integer by these. */
const unbounded = Number.MAX_SAFE_INTEGER;

function bound(
  inclusive: number | undefined,
  exclusive: number | boolean | undefined,
): Bound | null {
  if (typeof exclusive === "number") return { value: exclusive, inclusive: false };
  if (inclusive === undefined || Math.abs(inclusive) >= unbounded) return null;
  return { value: inclusive, inclusive: true };
}

const fieldOrJson = (schema: Schema | null): Field =>
  schema === null ? { kind: "json" } : readField(schema);

function objectSchema(schema: unknown): Schema | null {
  return typeof schema === "object" && schema !== null ? (schema as Schema) : null;
}

function constantOf(value: unknown): Constant {
  return typeof value === "number" || typeof value === "boolean" || value === null
    ? value
    : typeof value === "string"
      ? value
      : JSON.stringify(value);
}
