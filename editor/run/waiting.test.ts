import { expect, test } from "vitest";
import { noProgress } from "./run-progress.ts";
import { waitingKey } from "./waiting.ts";

const step = { zone: "loop", iteration: 0, nfe: 1, vjpCalls: 0, ms: 1, sigma: null };

test("nobody is asked to run what is starting or runs", () => {
  expect(waitingKey({ phase: "starting", steps: [] })).toBe("run.waiting.starting");
  expect(waitingKey({ phase: "running", steps: [] })).toBe("run.waiting.first");
  expect(waitingKey({ phase: "running", steps: [step] })).toBe("run.waiting.later");
  expect(waitingKey({ ...noProgress, phase: "idle" })).toBeNull();
  expect(waitingKey({ ...noProgress, phase: "failed" })).toBe("run.waiting.failed");
});
