import { expect, test } from "vitest";
import { wordsIn } from "./words-in.ts";

test.each([
  ["@measurementNoiseStd", ["@measurement", "Noise", "Std"]],
  ["prior/gaussian-mixture", ["prior/", "gaussian-", "mixture"]],
  ["Apply operator", ["Apply operator"]],
  ["SGLD", ["SGLD"]],
  ["x0_next", ["x0_", "next"]],
  ["end-", ["end-"]],
])("%s", (name, words) => {
  expect(wordsIn(name)).toEqual(words);
  expect(wordsIn(name).join("")).toBe(name);
});
