import { registry } from "../../nodes/index.ts";
import { issueError } from "../../runtime/base/issue.ts";
import { nearest } from "../../runtime/graph/nearest.ts";
import { UsageError, valueOf, type Command } from "../command.ts";
import { shippedNames } from "../library.ts";
import { readGraphFile } from "../run/graph-file.ts";
import { blockEntry } from "./nodes/block-page.ts";
import { nodeEntries } from "./nodes/node-page.ts";
import type { Entry } from "./nodes/page.ts";
import { zoneEntries } from "./nodes/zone-page.ts";

export const nodesCommand: Command = {
  summary: "Lists nodes, zones and blocks, or tells all about one.",
  positionals: "[TYPE]",
  options: {
    graph: { value: "GRAPH", help: "Adds the blocks of this graph." },
  },
  notes: [
    "TYPE is a type such as schedule/poly, its last part, or a family such as operator, zone, block.",
  ],
  async run(given, { out, colours, cwd }) {
    const [type, ...extra] = given.positionals;
    if (extra.length > 0) throw new UsageError("denoodle nodes takes one type.");
    const all = await entries(valueOf(given, "graph"), cwd);
    const found = type === undefined ? all : entriesNamed(type, all);
    const [only] = found;
    const isPage = type !== undefined && only !== undefined && found.length === 1;
    const width = Math.max(...found.map((entry) => entry.type.length));
    const lines = isPage
      ? only.page(colours)
      : found.map((entry) => `${entry.type.padEnd(width)}  ${colours.dim(entry.title)}`);
    for (const line of lines) out(line);
    return 0;
  },
};

/** Sorted by type. A graph's own block stands for the shipped one of its name. */
async function entries(graph: string | undefined, cwd: string): Promise<readonly Entry[]> {
  const blocks = new Map<string, Entry>();
  for (const name of shippedNames("blocks")) {
    const { document, shown: file } = await readGraphFile(name, "blocks", cwd);
    blocks.set(name, blockEntry(name, document, { file, isShipped: true }));
  }
  if (graph !== undefined) {
    const { document, shown: file } = await readGraphFile(graph, "samplers", cwd);
    for (const [name, block] of Object.entries(document.blocks))
      blocks.set(name, blockEntry(name, block, { file, isShipped: false }));
  }
  return [...nodeEntries(registry), ...zoneEntries, ...blocks.values()].toSorted((a, b) =>
    a.type < b.type ? -1 : 1,
  );
}

function entriesNamed(name: string, all: readonly Entry[]): readonly Entry[] {
  const exact = all.filter(({ type }) => type === name);
  if (exact.length > 0) return exact;
  const found = all.filter(({ type }) => type.startsWith(`${name}/`) || type.endsWith(`/${name}`));
  if (found.length > 0) return found;
  const parts = all.map(({ type }) => type.split("/"));
  const near = nearest(name, [
    ...new Set(all.flatMap(({ type }, i) => [type, ...(parts[i] ?? [])])),
  ]);
  const families = [...new Set(parts.map(([family]) => family))];
  const fix = near === null ? `Families: ${families.join(", ")}.` : `Did you mean "${near}"?`;
  const message = `There is no node, zone or block ${JSON.stringify(name)}.`;
  throw issueError("node.unknown", message, {}, { fix });
}
