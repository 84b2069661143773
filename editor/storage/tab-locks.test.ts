import { expect, test } from "vitest";
import { createTabLocks, type Locks } from "./tab-locks.ts";

/** Exclusive locks as browsers keep them, for one origin; each tab's are let go when it closes. */
function createOrigin() {
  const holders = new Map<string, object>();
  const queue: { name: string; tab: object; grant: () => void }[] = [];
  const next = (name: string) => {
    const i = queue.findIndex((waiting) => waiting.name === name);
    if (i >= 0 && !holders.has(name)) queue.splice(i, 1)[0]?.grant();
  };
  const tab = () => {
    const self = {};
    const request: Locks["request"] = async (name, options, callback) => {
      if (holders.has(name)) {
        if (options.ifAvailable === true) return void callback(null);
        await new Promise<void>((grant, refuse) => {
          const waiting = { name, tab: self, grant };
          queue.push(waiting);
          options.signal?.addEventListener("abort", () => {
            const at = queue.indexOf(waiting);
            if (at < 0) return;
            queue.splice(at, 1);
            refuse(options.signal?.reason);
          });
        });
      }
      holders.set(name, self);
      const held = callback({});
      await held;
      if (holders.get(name) === self) holders.delete(name);
      next(name);
    };
    return {
      locks: createTabLocks({
        request,
        query: async () => ({ held: [...holders.keys()].map((name) => ({ name })) }),
      }),
      close: () => {
        const held = [...holders].filter(([, holder]) => holder === self);
        for (const [name] of held) {
          holders.delete(name);
          next(name);
        }
      },
    };
  };
  return { tab };
}

test("a file is held by one tab at a time", async () => {
  const origin = createOrigin();
  const [a, b] = [origin.tab(), origin.tab()];
  const release = await a.locks.holdDocument("f");
  expect(release).not.toBeNull();
  expect(await b.locks.holdDocument("f")).toBeNull();
  expect(await b.locks.holdDocument("g")).not.toBeNull();
  release?.();
  await Promise.resolve();
  await new Promise((resolve) => setTimeout(resolve));
  expect(await b.locks.holdDocument("f")).not.toBeNull();
});

test("who waits for a file gets it when the other tab is gone, unless it gave up", async () => {
  const origin = createOrigin();
  const [a, b, c] = [origin.tab(), origin.tab(), origin.tab()];
  await a.locks.holdDocument("f");
  const tired = new AbortController();
  const givenUp = b.locks.waitForDocument("f", tired.signal);
  const waiting = c.locks.waitForDocument("f", new AbortController().signal);
  tired.abort();
  expect(await givenUp).toBeNull();
  a.close();
  expect(await waiting).not.toBeNull();
});

test("the drafts of a tab that died are nobody's", async () => {
  const origin = createOrigin();
  const [a, b] = [origin.tab(), origin.tab()];
  await a.locks.holdDraft("one");
  await b.locks.holdDraft("two");
  await b.locks.holdDocument("three");
  expect([...(await b.locks.heldDrafts())]).toEqual(["one", "two"]);
  a.close();
  expect([...(await b.locks.heldDrafts())]).toEqual(["two"]);
  expect(await b.locks.holdDraft("one")).not.toBeNull();
});
