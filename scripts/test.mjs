import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root, setUp } from "./set-up.mjs";

// Runs every test (or those that the arguments name, as vitest takes them), and closes with
// `not run: …` and `tried again: …` lines, and `N passed, M failed` alone on the last line. Tests
// have a folder for temporary files of their own; what they leave there is a failure.
setUp();
const folder = mkdtempSync(join(tmpdir(), "denoodle-test-"));
const file = join(folder, "counts.json");
const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
const reporters = ["--reporter=dot", `--reporter=${join(root, "test/support/count-reporter.ts")}`];
const result = spawnSync(
  process.execPath,
  [vitest, "run", ...reporters, ...process.argv.slice(2)],
  {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, DENOODLE_TEST_COUNTS: file, TMPDIR: folder, TEMP: folder, TMP: folder },
  },
);
const counts = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : null;
// An engine that a test kills may leave the one it was about to remove, which has no word in its name.
const left = readdirSync(folder).filter((name) => /^denoodle-[a-z-]+-\w{6}$/.test(name));
rmSync(folder, { recursive: true, force: true });
report(counts ?? { passed: 0, failed: 0, notRun: [], triedAgain: [] });

function report({ passed, failed, notRun, triedAgain }) {
  // Vitest may fail for a reason that is no test's: a broken configuration, no test found, a crash.
  const failures = failed === 0 && result.status !== 0 ? 1 : failed;
  if (failures > failed)
    console.error(
      `vitest ended with ${result.status ?? result.signal} outside any test; see above.`,
    );
  for (const { name, reason } of notRun) console.log(`not run: ${name}: ${reason}`);
  if (notRun.length > 0) console.log(`${notRun.length} not run`);
  for (const name of triedAgain) console.log(`tried again: ${name}: it passed at its second try`);
  for (const name of left) console.log(`left behind: ${name}`);
  const all = failures + (left.length === 0 ? 0 : 1);
  console.log(`${passed} passed, ${all} failed`);
  process.exitCode = all === 0 ? 0 : 1;
}
