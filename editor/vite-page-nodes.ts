import { fileURLToPath } from "node:url";
import { parseAst, type Plugin } from "vite";

const root = fileURLToPath(new URL("..", import.meta.url));
const nodes = `${root}nodes/`;
/** The one module of the page that gets nodes as they are. */
const whole = `${root}editor/inspector/docs/whole-nodes.ts`;
const mark = "?whole";

/**
 * The built page's nodes without what only an engine does with them: `build` throws, and what nothing else imports is left
 * out. Workers have plugins of their own, so theirs are whole.
 */
export function nodesOfPage(): Plugin {
  return {
    name: "denoodle-nodes-of-page",
    apply: "build",
    resolveId: {
      order: "pre",
      async handler(source, importer) {
        if (importer !== whole && importer?.endsWith(mark) !== true) return null;
        const found = await this.resolve(source, importer.replace(mark, ""), { skipSelf: true });
        return found?.id.startsWith(nodes) === true ? { ...found, id: found.id + mark } : found;
      },
    },
    transform: {
      filter: { id: new RegExp(`^${root}(?:nodes|runtime)/`) },
      handler: (code, id) => ({
        code: id.startsWith(nodes) && !id.endsWith(mark) ? withoutBuild(code) : code,
        map: null,
        // No module of the engine does anything by being imported.
        moduleSideEffects: false,
      }),
    },
  };
}

/** A module of which no node definition can be built. */
export function withoutBuild(code: string): string {
  const builds = buildsIn(parseAst(code).body);
  if (builds.length === 0) return code;
  const cut = builds
    .toReversed()
    .reduce(
      (text, { start, end }) => `${text.slice(0, start)}build: notInPage${text.slice(end)}`,
      code,
    );
  return `${cut}\nfunction notInPage() { throw new Error("build: a page has no engine"); }\n`;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

type Tree = Readonly<Record<string, unknown>>;

/** The `build` of every `defineNode({ … })`, in their order. */
function buildsIn(tree: unknown): readonly Span[] {
  if (typeof tree !== "object" || tree === null) return [];
  if (Array.isArray(tree)) return tree.flatMap(buildsIn);
  const { type, callee, arguments: given } = tree as Tree;
  if (type !== "CallExpression" || (callee as Tree)["name"] !== "defineNode")
    return Object.values(tree).flatMap(buildsIn);
  const [definition] = given as readonly [{ readonly properties: readonly Tree[] }];
  return definition.properties.filter(isBuild) as unknown as readonly Span[];
}

const isBuild = ({ key }: Tree): boolean => (key as Tree | undefined)?.["name"] === "build";
