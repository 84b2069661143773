import { z } from "zod";
import { registry } from "../../nodes/index.ts";
import { IssueError } from "../../runtime/base/issue.ts";
import type { AnyNode, InputPort, Ports } from "../../runtime/graph/define-node.ts";
import { suggestion } from "../../runtime/graph/nearest.ts";
import { formatPortType } from "../../runtime/graph/ports.ts";
import { UsageError, type Command } from "../command.ts";
import type { Terminal } from "../terminal.ts";

export const nodesCommand: Command = {
  summary: "Lists the nodes, or tells all about one.",
  positionals: "[TYPE]",
  options: {},
  notes: ["TYPE is a type such as schedule/poly, its last part, or a family such as operator."],
  async run({ positionals }, terminal) {
    const [type, ...extra] = positionals;
    if (extra.length > 0) throw new UsageError("denoodle nodes takes one type.");
    const types = type === undefined ? registry.types : typesNamed(type);
    const [only] = types;
    if (type !== undefined && only !== undefined && types.length === 1) describe(only, terminal);
    else list(types, terminal);
    return 0;
  },
};

function typesNamed(name: string): readonly string[] {
  if (registry.types.includes(name)) return [name];
  const found = registry.types.filter(
    (type) => type.startsWith(`${name}/`) || type.endsWith(`/${name}`),
  );
  if (found.length > 0) return found;
  const parts = registry.types.flatMap((type) => [type, ...type.split("/")]);
  const fix = suggestion(name, [...new Set(parts)]);
  const message = `There is no node ${JSON.stringify(name)}.`;
  throw new IssueError([
    { code: "node.unknown", message, at: {}, ...(fix === undefined ? {} : { fix }) },
  ]);
}

function latest(type: string): AnyNode {
  const [definition] = registry.versions(type);
  if (definition === undefined)
    throw new Error(`internal: the registry lists ${type} but lacks it`);
  return definition;
}

function list(types: readonly string[], { out, colours }: Terminal): void {
  const width = Math.max(...types.map((type) => type.length));
  for (const type of types) out(`${type.padEnd(width)}  ${colours.dim(latest(type).title)}`);
}

function describe(type: string, { out, colours: { bold, dim } }: Terminal): void {
  const node = latest(type);
  const versions = registry.versions(type).map(({ v }) => v);
  out(`${bold(node.title)}  ${type} ${dim(`version ${versions.join(", ")}`)}`);
  out("");
  out(node.summary);
  out("");
  out(`${dim("formula")}  ${node.formula}`);
  out(`${dim("source")}   ${node.source}`);
  section("inputs", portLines(node.inputs), out, bold);
  section("outputs", portLines(node.outputs), out, bold);
  if (node.ports !== undefined) out(dim("The ports follow the params."));
  section("params", paramLines(node.params), out, bold);
  section("numbers, each an input of its name too", paramLines(node.scalars), out, bold);
}

function section(
  title: string,
  lines: readonly string[],
  out: (line: string) => void,
  bold: (text: string) => string,
): void {
  if (lines.length === 0) return;
  out("");
  out(bold(title));
  for (const line of lines) out(`  ${line}`);
}

function portLines(ports: Ports<InputPort>): readonly string[] {
  const names = Object.keys(ports);
  const width = Math.max(0, ...names.map((name) => name.length));
  return Object.entries(ports).map(
    ([name, port]) =>
      `${name.padEnd(width)}  ${formatPortType(port)}${port.optional === true ? ", optional" : ""}`,
  );
}

function paramLines(schema: z.ZodObject): readonly string[] {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, {
    io: "input",
    unrepresentable: "any",
  });
  const names = Object.keys(properties);
  const width = Math.max(0, ...names.map((name) => name.length));
  return names.map((name) => {
    const field = properties[name];
    const type = typeof field === "object" ? describeField(field) : "anything";
    return `${name.padEnd(width)}  ${type}${required.includes(name) ? ", required" : ""}`;
  });
}

type Field = z.core.JSONSchema.BaseSchema;

function describeField(field: Field): string {
  const given = field.default === undefined ? "" : `, default ${JSON.stringify(field.default)}`;
  return `${typeOf(field)}${given}`;
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
