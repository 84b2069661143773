import { describe, expect, test } from "vitest";
import { float32 } from "../../tensor/tensor.ts";
import { createFrameStore } from "./recorder.ts";

const frame = (value: number) => float32([value, value], [1, 2]);
const bytes = 8;

describe(createFrameStore.name, () => {
  test("never keeps more than its limit, thins evenly, and still knows of every frame", () => {
    const store = createFrameStore(5 * bytes);
    const recorder = store.open();
    for (let k = 0; k < 40; k += 1) {
      expect(recorder.add("a", [k], frame(k))).toMatchObject({ mean: k });
      expect(store.bytes()).toBeLessThanOrEqual(5 * bytes);
    }
    const kept = Array.from({ length: 40 }, (_, k) => k).filter(
      (k) => typeof recorder.find("a", [k]) === "object",
    );
    expect(kept).toEqual([0, 16, 32, 39]);
    expect(recorder.find("a", [1])).toBe("dropped");
    expect(recorder.find("a", [40])).toBe("unknown");
  });

  test("shares the limit: the wire with the most gives first", () => {
    const store = createFrameStore(6 * bytes);
    const recorder = store.open();
    recorder.add("small", [0], frame(0));
    for (let k = 0; k < 20; k += 1) recorder.add("large", [k], frame(k));
    expect(recorder.find("small", [0])).toBeTypeOf("object");
    recorder.clear();
    expect(store.bytes()).toBe(0);
  });

  test("a frame that was recorded before is not new", () => {
    const recorder = createFrameStore(100).open();
    expect(recorder.add("a", [1, 2], frame(3))).not.toBeNull();
    expect(recorder.add("a", [1, 2], frame(3))).toBeNull();
  });

  test("one frame larger than the limit is told of and not kept", () => {
    const store = createFrameStore(4);
    const recorder = store.open();
    expect(recorder.add("a", [], frame(1))).not.toBeNull();
    expect(store.bytes()).toBe(0);
    expect(recorder.find("a", [])).toBe("dropped");
  });
});
