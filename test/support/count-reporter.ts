import { writeFileSync } from "node:fs";
import type { Reporter, TestCase, TestModule } from "vitest/node";

/** What a test run came to; `scripts/test.mjs` reads it from the file named in DENOODLE_TEST_COUNTS. */
export interface Counts {
  passed: number;
  failed: number;
  /** One entry a test that did not run: its name, and why. */
  notRun: { name: string; reason: string }[];
  /** Names of the tests that passed at a second try only; the configuration says where one is given. */
  triedAgain: string[];
}

/** Counts tests, files that could not be read, and errors outside any test. */
// Vitest takes a reporter file by its default export.
// oxlint-disable-next-line import/no-default-export
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const counts: Counts = { passed: 0, failed: errors.length, notRun: [], triedAgain: [] };
    for (const module of modules) {
      counts.failed += module.errors().length;
      for (const suite of module.children.allSuites()) counts.failed += suite.errors().length;
      for (const test of module.children.allTests()) count(test, counts);
    }
    const file = process.env["DENOODLE_TEST_COUNTS"];
    if (file !== undefined) writeFileSync(file, JSON.stringify(counts));
  }
}

function count(test: TestCase, counts: Counts): void {
  const result = test.result();
  if (result.state === "passed") {
    counts.passed += 1;
    if (test.diagnostic()?.flaky === true) counts.triedAgain.push(test.fullName);
  } else if (result.state === "skipped")
    counts.notRun.push({ name: test.fullName, reason: result.note ?? "no reason given" });
  else counts.failed += 1;
}
