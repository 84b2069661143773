import { expect, test } from "vitest";
import { registry } from "../../../nodes/index.ts";
import { example } from "../../../test/studio/kit.ts";
import { analyse } from "../../document/analysis.ts";
import { setParam } from "../edits/set-param.ts";
import { whyNotParam, type ParamHost } from "./param-host.ts";

const key = "graph/reverse/body/guided";

function whyNot(type: string, name: string, value: unknown): string | null {
  const shapes = registry.find(type, 1);
  if (shapes === undefined) throw new Error(`no node ${type}`);
  const host: ParamHost = { key, shapes, given: {}, wires: {}, scope: null };
  const set = setParam(key, name, value);
  const trial = {
    set,
    of: example(),
    analyse: (document: ReturnType<typeof example>) => analyse(document, registry),
  };
  return whyNotParam(host, name, value, trial);
}

test("half an expression is refused in words before it is in the file; a whole one is taken", () => {
  expect(whyNot("math/expression", "expression", "x - 2*")).toMatch(/Expected/);
  expect(whyNot("math/expression", "expression", "x - @level")).toMatch(/reads @level.*Wire/);
  expect(whyNot("math/expression", "expression", "x - 2*y")).toBeNull();
  expect(whyNot("math/expression", "expression", "")).not.toBeNull();
});

test("a graph that holds half an expression has its problem at that param", () => {
  const broken = JSON.parse(
    JSON.stringify(example()).replace(/"expression":"[^"]*"/, '"expression":"x -"'),
  ) as ReturnType<typeof example>;
  const { issues } = analyse(broken, registry);
  const paths = issues.map(({ at }) => (at.path ?? []).slice(-2).join("/"));
  expect(paths).toContain("params/expression");
  expect(paths).not.toContain("guided/params");
});
