import { z } from "zod";

/** Of each field of a schema its name, its type and range, its default; under that what it does. */
export function paramLines(schema: z.ZodObject): readonly string[] {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, {
    io: "input",
    unrepresentable: "any",
  });
  const names = Object.keys(properties);
  const width = Math.max(0, ...names.map((name) => name.length));
  return names.flatMap((name) => {
    const field = properties[name];
    const type = typeof field === "object" ? describeField(field) : "anything";
    const line = `${name.padEnd(width)}  ${type}${required.includes(name) ? ", required" : ""}`;
    const about = typeof field === "object" ? field.description : undefined;
    return about === undefined ? [line] : [line, `${" ".repeat(width)}  ${about}`];
  });
}

type Field = z.core.JSONSchema.BaseSchema;

function describeField(field: Field): string {
  const unit = typeof field["unit"] === "string" ? ` ${field["unit"]}` : "";
  const given = field.default === undefined ? "" : `, default ${JSON.stringify(field.default)}`;
  return `${typeOf(field)}${unit}${given}`;
}

/** Zod bounds every integer by these. */
const unbounded = Number.MAX_SAFE_INTEGER;

function typeOf(field: Field): string {
  if (field.enum !== undefined) return field.enum.map((value) => JSON.stringify(value)).join(" | ");
  if (field.const !== undefined) return JSON.stringify(field.const);
  const choices = field.anyOf ?? field.oneOf;
  if (choices !== undefined)
    return choices
      .map((each) => (typeof each === "object" ? typeOf(each) : "anything"))
      .join(" | ");
  const items = Array.isArray(field.items) ? undefined : field.items;
  if (field.type === "array")
    return typeof items === "object" ? `list of ${typeOf(items)}` : "list";
  return `${field.type ?? "anything"}${range(field)}`;
}

function range({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Field): string {
  const low =
    exclusiveMinimum !== undefined
      ? `above ${exclusiveMinimum}`
      : minimum !== undefined && minimum > -unbounded
        ? `from ${minimum}`
        : "";
  const high =
    exclusiveMaximum !== undefined
      ? `below ${exclusiveMaximum}`
      : maximum !== undefined && maximum < unbounded
        ? `to ${maximum}`
        : "";
  const both = [low, high].filter((text) => text !== "").join(" ");
  return both === "" ? "" : ` ${both}`;
}
