import { expect, test } from "vitest";
import { whyInstall } from "./set-up.mjs";

const locked = {
  "": { version: "0.1.0" },
  "node_modules/a": { version: "1.0.0" },
  "node_modules/a-darwin": { version: "1.0.0", optional: true },
};

test("packages that agree with the lock file need no install, also without builds for other machines", () => {
  expect(whyInstall(locked, { "node_modules/a": { version: "1.0.0" } })).toBeNull();
});

test("no packages, a missing one and one of another version are each a reason to install", () => {
  expect(whyInstall(locked, null)).toBe("no packages are installed");
  expect(whyInstall(locked, {})).toBe("node_modules/a is missing, package-lock.json wants 1.0.0");
  expect(whyInstall(locked, { "node_modules/a": { version: "0.9.0" } })).toBe(
    "node_modules/a is 0.9.0, package-lock.json wants 1.0.0",
  );
});

test("an optional package of another version is a reason to install", () => {
  const installed = {
    "node_modules/a": { version: "1.0.0" },
    "node_modules/a-darwin": { version: "0.9.0" },
  };
  expect(whyInstall(locked, installed)).toContain("node_modules/a-darwin is 0.9.0");
});
