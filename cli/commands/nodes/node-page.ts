import type { AnyNode, InputPort, Ports, Registry } from "../../../runtime/graph/define-node.ts";
import { formatPortType } from "../../../runtime/graph/ports.ts";
import type { Colours } from "../../terminal.ts";
import { columns, section, type Entry } from "./page.ts";
import { paramLines } from "./params.ts";

/** Every node of the registry, each in its latest version. */
export function nodeEntries(registry: Registry): readonly Entry[] {
  return registry.types.flatMap((type) => {
    const versions = registry.versions(type);
    const [node] = versions;
    if (node === undefined) return [];
    const numbers = versions.map(({ v }) => v);
    return [{ type, title: node.title, page: (colours) => page(node, numbers, colours) }];
  });
}

function page(node: AnyNode, versions: readonly number[], colours: Colours): readonly string[] {
  const { bold, dim } = colours;
  return [
    `${bold(node.title)}  ${node.type} ${dim(`version ${versions.join(", ")}`)}`,
    "",
    node.summary,
    "",
    `${dim("formula")}  ${node.formula}`,
    `${dim("source")}   ${node.source}`,
    ...section("inputs", portLines(node.inputs), colours),
    ...section("outputs", portLines(node.outputs), colours),
    ...(node.ports === undefined ? [] : [dim("The ports follow the params.")]),
    ...section("params", paramLines(node.params), colours),
    ...section("numbers, each an input of its name too", paramLines(node.scalars), colours),
  ];
}

function portLines(ports: Ports<InputPort>): readonly string[] {
  const rows = Object.entries(ports).map(([name, port]) => [
    name,
    `${formatPortType(port)}${port.optional === true ? ", optional" : ""}`,
  ]);
  return columns(Object.fromEntries(rows));
}
