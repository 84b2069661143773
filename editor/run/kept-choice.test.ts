import { expect, test } from "vitest";
import { createStore } from "zustand/vanilla";
import { keepChoice } from "./kept-choice.ts";
import { firstState } from "./no-run.ts";
import type { RunActions, RunState, RunStore } from "./run-store.ts";

/** A tab: what it remembers survives a page. */
function tab() {
  const kept = new Map<string, string>();
  const memory = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
  return (places: RunState["places"]): RunStore => {
    const store = createStore<RunState>(() => ({ ...firstState, places }));
    const actions: Partial<RunActions> = {
      setWhere: (where) => store.setState({ where }),
      setBackend: (backend) => store.setState({ backend }),
    };
    const run = Object.assign(store, { actions }) as unknown as RunStore;
    keepChoice(run, memory);
    return run;
  };
}

test("a page that is loaded again computes where the one before did", () => {
  const open = tab();
  const first = open(["browser", "server"]);
  expect(first.getState()).toMatchObject({ where: "browser", backend: "auto" });
  first.actions.setWhere("server");
  first.actions.setBackend("cpu");
  expect(open(["browser", "server"]).getState()).toMatchObject({
    where: "server",
    backend: "cpu",
  });
});

test("a place that is not there any more is passed over, with its backend", () => {
  const open = tab();
  const first = open(["browser", "server"]);
  first.actions.setWhere("server");
  first.actions.setBackend("cpu");
  expect(open(["browser"]).getState()).toMatchObject({ where: "browser", backend: "auto" });
});
