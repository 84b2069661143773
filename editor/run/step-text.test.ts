import { expect, test } from "vitest";
import { stepText } from "./step-text.ts";

test("steps are counted from 1, as the timeline and the command line count them", () => {
  expect(stepText([49])).toBe("50");
  expect(stepText([2, 11])).toBe("3 ▸ 12");
});
