import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { registry } from "../../../nodes/index.ts";
import type { NumberField } from "./field.ts";
import { fieldsOf } from "./fields-of.ts";
import { dragged, fitted, positionOf, scaleOf, stepped } from "./scale.ts";

const free: NumberField = { kind: "number", integer: false, min: null, max: null, unit: null };
const positive: NumberField = { ...free, min: { value: 0, inclusive: false } };
const unit: NumberField = {
  ...free,
  min: { value: 0, inclusive: true },
  max: { value: 1, inclusive: true },
};
const count: NumberField = { ...free, integer: true, min: { value: 1, inclusive: true } };

describe(scaleOf, () => {
  test("walks by factors where the range spans decades, and by steps where it does not", () => {
    expect(scaleOf(positive, 10).logarithmic).toBe(true);
    expect(scaleOf(unit, 0.5).logarithmic).toBe(false);
    expect(scaleOf(unit, 0.001).logarithmic).toBe(true);
    expect(scaleOf(free, 1).logarithmic).toBe(false);
  });

  test("puts the default in the middle where one end is open", () => {
    expect(positionOf(scaleOf(positive, 0.05), 0.05)).toBeCloseTo(0.5);
  });

  test("gives a seed no range", () => {
    const seed = { ...count, max: { value: 2 ** 32 - 1, inclusive: true } };
    expect(scaleOf(seed, 1).range).toBeNull();
  });
});

describe(dragged, () => {
  test("a decade is the same way wherever it begins", () => {
    const scale = scaleOf(positive, 1);
    expect(dragged(scale, 1, 80, false)).toBe(10);
    expect(dragged(scale, 0.01, 80, false)).toBe(0.1);
  });

  test("the whole range of a slider is 200 pixels, and its ends hold", () => {
    const scale = scaleOf(unit, 0.5);
    expect(dragged(scale, 0.5, 50, false)).toBe(0.75);
    expect(dragged(scale, 0.5, 5000, false)).toBe(1);
    expect(dragged(scale, 0.5, -5000, false)).toBe(0);
  });
});

describe(stepped, () => {
  test("writes numbers that a person would write", () => {
    const scale = scaleOf(unit, 0.5);
    expect(stepped(scale, 0.1, 1, false)).toBe(0.11);
    expect(stepped(scale, 0.1, 1, true)).toBe(0.101);
    expect(stepped(scaleOf(positive, 1), 0.05, 1, false)).toBe(0.051);
    expect(stepped(scaleOf(count, 10), 10, 10, false)).toBe(20);
    expect(stepped(scaleOf(free, 1234), 1234, 1, false)).toBe(1334);
    expect(stepped(scaleOf(free, 1234), 1234, 1, true)).toBe(1244);
  });
});

test("no gesture leaves what the schema of a param allows", () => {
  const numbers = registry.types.flatMap((type) =>
    registry.versions(type).flatMap((definition) =>
      fieldsOf(definition).flatMap(({ field, fallback, name, scalar }) => {
        const schema = (scalar ? definition.scalars : definition.params).shape[name];
        return field.kind === "number" && schema !== undefined ? [{ field, fallback, schema }] : [];
      }),
    ),
  );
  expect(numbers.length).toBeGreaterThan(50);
  fc.assert(
    fc.property(
      fc.constantFrom(...numbers),
      fc.integer({ min: -2000, max: 2000 }),
      fc.boolean(),
      ({ field, fallback, schema }, by, fine) => {
        const scale = scaleOf(field, fallback);
        const start = fitted(field, typeof fallback === "number" ? fallback : 1);
        for (const value of [dragged(scale, start, by, fine), stepped(scale, start, by, fine)])
          expect(
            (schema as unknown as { safeParse(v: unknown): { success: boolean } }).safeParse(value)
              .success,
          ).toBe(true);
      },
    ),
  );
});
