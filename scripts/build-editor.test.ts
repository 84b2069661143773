import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { stampOf } from "./build-editor.mjs";

function checkout(files: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), "denoodle-checkout-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const write = (name: string, text: string): void => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  };
  for (const [name, text] of Object.entries(files)) write(name, text);
  return { write, stamp: () => stampOf(folder) };
}

const files = { "editor/main.tsx": "a", "runtime/base/issue.ts": "b", "package-lock.json": "{}" };

test("another content, name or place of a source makes another stamp", () => {
  const { write, stamp } = checkout(files);
  const stamps = [stamp()];
  write("editor/main.tsx", "c");
  stamps.push(stamp());
  write("nodes/new.ts", "");
  stamps.push(stamp());
  write("package-lock.json", "{ }");
  stamps.push(stamp());
  expect(new Set(stamps).size).toBe(stamps.length);
});

test("what is not built leaves the stamp as it is", () => {
  const { write, stamp } = checkout(files);
  const before = stamp();
  for (const name of [
    "editor/dist/index.html",
    "editor/x.test.ts",
    "editor/.DS_Store",
    "cli/main.ts",
    "models/train/a.py",
  ])
    write(name, "new");
  expect(stamp()).toBe(before);
});

test("the same sources in another folder have the same stamp", () => {
  expect(checkout(files).stamp()).toBe(checkout(files).stamp());
});
