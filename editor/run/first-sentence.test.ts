import { expect, test } from "vitest";
import { firstSentence } from "./first-sentence.ts";

test.each([
  ["The weight is 0.5 here. Take another.", "The weight is 0.5 here."],
  ['"loop.x" is [1, 3], "y" is [2]', '"loop.x" is [1, 3], "y" is [2]'],
  ["x0.png is missing.\nChoose it.", "x0.png is missing."],
])("%s begins with %s", (text, first) => {
  expect(firstSentence(text)).toBe(first);
});
