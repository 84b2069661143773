import { expect, test } from "vitest";
import { createLatest } from "./latest.ts";

const fail = (error: unknown): never => expect.unreachable(String(error));

test("of what is asked while a piece of work goes on, only the last is done", async () => {
  const shown: string[] = [];
  const begun: string[] = [];
  const gates: (() => void)[] = [];
  const latest = createLatest<string>((result) => shown.push(result), fail);
  const work = (name: string) => () => {
    begun.push(name);
    return new Promise<string>((resolve) => gates.push(() => resolve(name)));
  };
  for (const name of ["a", "b", "c"]) latest.ask(work(name));
  expect(begun).toEqual(["a"]);
  gates.shift()?.();
  await new Promise(setImmediate);
  expect(begun).toEqual(["a", "c"]);
  gates.shift()?.();
  await new Promise(setImmediate);
  expect(shown).toEqual(["a", "c"]);
});

test("one that fails does not keep the next from being done", async () => {
  const [shown, failed]: [string[], unknown[]] = [[], []];
  const latest = createLatest<string>(
    (result) => shown.push(result),
    (error) => failed.push(error),
  );
  latest.ask(() => Promise.reject(new Error("lost")));
  latest.ask(() => Promise.resolve("b"));
  await new Promise(setImmediate);
  expect(failed).toHaveLength(1);
  expect(shown).toEqual(["b"]);
});

test("nothing is shown once it is stopped", async () => {
  const shown: string[] = [];
  const latest = createLatest<string>((result) => shown.push(result), fail);
  latest.ask(() => Promise.resolve("a"));
  latest.stop();
  await new Promise(setImmediate);
  expect(shown).toEqual([]);
});
