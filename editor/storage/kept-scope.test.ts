import { expect, test } from "vitest";
import { openingExample } from "../../test/studio/kit.ts";
import { createEditorStore } from "../state/editor-store.ts";
import { comeBack, keepScope } from "./kept-scope.ts";

function memory() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
}

test("a reload comes back to the body that was shown, where it is still there", () => {
  const tab = memory();
  const before = createEditorStore(openingExample(), "a.json");
  keepScope(before, tab);
  before.actions.dive("graph/reverse/body");
  const after = createEditorStore(openingExample(), "a.json");
  comeBack(after, tab);
  expect(after.getState().scope).toBe("graph/reverse/body");
  const other = createEditorStore({ ...openingExample(), graph: {}, outputs: {} }, "b.json");
  comeBack(other, tab);
  expect(other.getState().scope).toBe("graph");
});
