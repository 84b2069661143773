import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const script = fileURLToPath(new URL("../../scripts/test.mjs", import.meta.url));

/** What `npm test` prints last, and its exit code, over tests of one's own. */
function runTests(files: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), "denoodle-count-"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  writeFileSync(join(folder, "vitest.config.mjs"), "export default {};");
  const args = [script, "--root", folder, "--globals", "--pool", "forks"];
  const { status, stdout } = spawnSync(process.execPath, args, { encoding: "utf8" });
  rmSync(folder, { recursive: true });
  return { status, lines: stdout.trimEnd().split("\n") };
}

test("the last line counts over all files; what did not run is named with its reason", () => {
  const { status, lines } = runTests({
    "good.test.ts": `
      test("one", () => {});
      test("two", ({ skip }) => skip("no such card here"));
      test.skip("three", () => {});`,
    "bad.test.ts": `
      test("four", () => { throw new Error("no"); });
      describe("five", () => { beforeAll(() => { throw new Error("hook"); }); test("six", () => {}); });`,
    "broken.test.ts": `throw new Error("cannot be read");`,
  });
  expect(lines).toEqual(
    expect.arrayContaining([
      "not run: two: no such card here",
      "not run: three: no reason given",
      "1 passed, 3 failed",
    ]),
  );
  expect(lines.at(-1)).toBe("1 passed, 3 failed");
  expect(status).toBe(1);
});

test("a run in which nothing fails ends with 0", () => {
  const { status, lines } = runTests({ "good.test.ts": `test("one", () => {});` });
  expect(lines.at(-1)).toBe("1 passed, 0 failed");
  expect(status).toBe(0);
});

test("no tests at all is a failure", () => {
  const { status, lines } = runTests({});
  expect(lines.at(-1)).toBe("0 passed, 1 failed");
  expect(status).toBe(1);
});
