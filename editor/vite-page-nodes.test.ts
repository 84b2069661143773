import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { transformWithOxc } from "vite";
import { expect, test } from "vitest";
import { withoutBuild } from "./vite-page-nodes.ts";

const nodes = fileURLToPath(new URL("../nodes", import.meta.url));

test("a definition keeps all but how it is built", async () => {
  const code = withoutBuild(`
    const helper = () => build();
    export const a = defineNode({ type: "x/a", build: ({ ctx }) => helper(ctx), ports() { return {}; } });
    export const b = defineNode({ type: "x/b", build({ ctx }) { return helper(ctx); } });
    globalThis.made = [a, b];`);
  type Made = readonly { readonly type: string; build(): unknown; ports?(): object }[];
  const made = new Function("defineNode", `${code.replaceAll("export ", "")}; return [a, b];`)(
    (definition: object) => definition,
  ) as Made;
  expect(made.map(({ type }) => type)).toEqual(["x/a", "x/b"]);
  expect(made[0]?.ports?.()).toEqual({});
  for (const { build } of made) expect(build).toThrow("a page has no engine");
});

test("every definition loses its build, and nothing else is touched", async () => {
  const files = readdirSync(nodes, { recursive: true, encoding: "utf8" }).filter(
    (file) => file.endsWith(".ts") && !file.endsWith(".test.ts"),
  );
  let definitions = 0;
  for (const file of files) {
    const { code } = await transformWithOxc(readFileSync(`${nodes}/${file}`, "utf8"), file);
    const cut = withoutBuild(code);
    const defined = code.split("defineNode({").length - 1;
    definitions += defined;
    expect(cut.split("build: notInPage").length - 1, file).toBe(defined);
    if (defined === 0) expect(cut).toBe(code);
  }
  expect(definitions).toBeGreaterThan(60);
});
