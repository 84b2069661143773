import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { runInNewContext } from "node:vm";
import { transformWithOxc } from "vite";
import { expect, test } from "vitest";
import { withoutBuild } from "./vite-page-nodes.ts";

const nodes = fileURLToPath(new URL("../nodes", import.meta.url));

test("a definition keeps all but how it is built", () => {
  const code = withoutBuild(`
    const helper = () => build();
    const a = defineNode({ type: "x/a", build: ({ ctx }) => helper(ctx), ports() { return {}; } });
    const b = defineNode({ type: "x/b", build({ ctx }) { return helper(ctx); } });`);
  type Made = readonly { readonly type: string; build(): unknown; ports?(): object }[];
  const defineNode = (definition: object): object => definition;
  const made = runInNewContext(`${code}; [a, b]`, { defineNode }) as Made;
  expect([made[0]?.type, made[1]?.type]).toEqual(["x/a", "x/b"]);
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
