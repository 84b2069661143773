import { describe, expect, test } from "vitest";
import { float32 } from "../../tensor/tensor.ts";
import { createLiveFeed, type LiveFrame } from "./live-feed.ts";

/** A feed whose time only passes when it is told to. */
function start() {
  let now = 0;
  let timers: { readonly at: number; readonly work: () => void }[] = [];
  const pushed: number[] = [];
  const feed = createLiveFeed({
    push: ({ iteration: [k = -1] }) => pushed.push(k),
    clock: () => now,
    later(work, ms) {
      const timer = { at: now + ms, work };
      timers.push(timer);
      return () => {
        timers = timers.filter((each) => each !== timer);
      };
    },
  });
  const pass = (ms: number): void => {
    now += ms;
    const due = timers.filter(({ at }) => at <= now);
    timers = timers.filter(({ at }) => at > now);
    for (const { work } of due) work();
  };
  return { feed, pushed, pass, timers: () => timers.length };
}

const frame = (k: number, wire = "a"): LiveFrame => ({
  wire,
  iteration: [k],
  tensor: float32([k], [1]),
});

describe(createLiveFeed.name, () => {
  test("pushes at most thirty frames a second of a wire, the newest", () => {
    const { feed, pushed, pass } = start();
    feed.watch(["a"]);
    for (let k = 0; k < 1000; k += 1) {
      feed.offer(frame(k));
      pass(1);
    }
    expect(pushed.length).toBeGreaterThan(25);
    expect(pushed.length).toBeLessThanOrEqual(31);
    pass(100);
    expect(pushed.at(-1)).toBe(999);
    expect(pushed).toEqual(pushed.toSorted((a, b) => a - b));
  });

  test("pushes nothing of a wire that nobody watches, and nothing that waits when it is left", () => {
    const { feed, pushed, pass, timers } = start();
    feed.offer(frame(0));
    feed.watch(["a"]);
    feed.offer(frame(1));
    feed.offer(frame(2));
    feed.watch([]);
    pass(1000);
    expect(pushed).toEqual([1]);
    expect(timers()).toBe(0);
  });

  test("pushes at once what waits when the run stands still", () => {
    const { feed, pushed, pass } = start();
    feed.watch(["a", "b"]);
    for (const wire of ["a", "b"]) for (const k of [0, 1]) feed.offer(frame(k, wire));
    expect(pushed).toEqual([0, 0]);
    feed.flush();
    expect(pushed).toEqual([0, 0, 1, 1]);
    pass(1000);
    expect(pushed).toHaveLength(4);
  });
});
