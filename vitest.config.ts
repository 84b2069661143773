import { defineConfig } from "vitest/config";

const elsewhere = ["**/node_modules/**", "out/**", "dist/**", ".cache/**"];

export default defineConfig({
  test: {
    // A worker thread that ends while onnxruntime runs aborts the whole process; a child process does not.
    pool: "forks",
    maxWorkers: 2,
    setupFiles: ["test/support/each-file.ts"],
    projects: [
      {
        extends: true,
        test: {
          name: "node",
          include: ["**/*.test.ts"],
          exclude: [...elsewhere, "test/browser/**", "test/package/**"],
          testTimeout: 60_000,
          // These files keep no state of their own in what they share; loading it once saves a third of their time.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: "browser",
          include: ["test/browser/**/*.test.ts"],
          globalSetup: ["test/browser/set-up.ts"],
          isolate: false,
          exclude: elsewhere,
          // A browser on a busy machine may let a step wait too long; a second try is said in the counts.
          retry: 1,
          testTimeout: 120_000,
          hookTimeout: 300_000,
        },
      },
      {
        extends: true,
        test: {
          name: "package",
          include: ["test/package/**/*.test.ts"],
          exclude: elsewhere,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
