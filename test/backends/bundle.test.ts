import { isBuiltin } from "node:module";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, type Plugin } from "vite";
import { beforeAll, expect, test } from "vitest";

const at = (file: string) => fileURLToPath(new URL(`../../${file}`, import.meta.url));
const entry = "\0engine-in-the-page";

/** All that a page's worker needs of the engine; onnxruntime itself stays outside. */
const engine = [
  "runtime/compile/compile.ts",
  "runtime/execute/run.ts",
  "runtime/protocol/engine.ts",
  "nodes/index.ts",
];
const page = ["runtime/execute/ort-web.ts", "runtime/execute/noise/pool-worker-web.ts"];

interface Bundle {
  readonly gzipped: number;
  /** `builtin <- importer` */
  readonly builtins: readonly string[];
}

async function bundle(files: readonly string[]): Promise<Bundle> {
  const builtins: string[] = [];
  const watch: Plugin = {
    name: "find-built-ins",
    enforce: "pre",
    resolveId(source, importer) {
      if (isBuiltin(source)) builtins.push(`${source} <- ${importer ?? "?"}`);
      return source === entry ? source : null;
    },
    load: (id) =>
      id === entry
        ? files
            .map((file, i) => `export * as part${i} from ${JSON.stringify(at(file))};`)
            .join("\n")
        : null,
  };
  const built = await build({
    configFile: false,
    logLevel: "silent",
    plugins: [watch],
    build: {
      write: false,
      minify: true,
      target: "es2023",
      rolldownOptions: {
        input: entry,
        external: /^onnxruntime-/,
        preserveEntrySignatures: "strict",
      },
    },
  });
  const output = Array.isArray(built) ? built[0] : built;
  if (output === undefined || !("output" in output)) throw new Error("vite built nothing");
  const chunks = output.output.flatMap((file) => (file.type === "chunk" ? [file.code] : []));
  return { builtins, gzipped: gzipSync(chunks.join("\n")).length };
}

let made: Bundle;
beforeAll(async () => {
  made = await bundle([...engine, ...page]);
});

test("the engine and all nodes bundle for the page without a built-in of Node", () => {
  expect(made.builtins).toEqual([]);
});

test("the engine and all nodes are small beside onnxruntime", () => {
  expect(made.gzipped).toBeGreaterThan(50_000);
  expect(made.gzipped).toBeLessThan(250_000);
});

test("a built-in would be found", async () => {
  const { builtins } = await bundle(["runtime/execute/ort-node.ts"]);
  expect(builtins.join("\n")).toMatch(/node:os <- .*ort-node\.ts/);
});
