import { readFileSync } from "node:fs";
import Elk from "elkjs/lib/elk.bundled.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createStore } from "zustand/vanilla";
import { createStudio } from "../../editor/app/create-studio.ts";
import type { Studio } from "../../editor/app/studio.ts";
import { allCommands } from "../../editor/commands/all-commands.ts";
import { whyNot } from "../../editor/commands/perform.ts";
import { thingsOf } from "../../editor/commands/things.ts";
import type { RunStore } from "../../editor/run/run-store.ts";
import { registry } from "../../nodes/index.ts";
import { readDocument } from "../../runtime/graph/read.ts";
import { writeDocument } from "../../runtime/graph/write.ts";

const length = 200;
/** A script that only grows its graph tells no more than one that does not. */
const mostBytes = 200_000;

const noRun = Object.assign(
  createStore(() => ({ issues: [] })),
  { actions: {} },
) as unknown as RunStore;

function studioOf(name: string): Studio {
  const url = new URL(`../../graphs/samplers/${name}.json`, import.meta.url);
  const { document } = readDocument(readFileSync(url, "utf8"));
  if (document === null) throw new Error(`${name} cannot be read`);
  return createStudio({ registry, document, name, createRun: () => noRun });
}

let copied: string | null = null;
const clipboard = {
  write: async (text: string) => void (copied = text),
  read: async () => copied,
};
const commands = allCommands(clipboard, async () => new Elk());
const bytesOf = ({ editor }: Studio): string => writeDocument(editor.getState().history.present);

const step = fc.record({
  command: fc.nat(commands.length - 1),
  picks: fc.array(fc.nat(), { minLength: 1, maxLength: 3 }),
});
const script = fc.array(step, { minLength: length, maxLength: length });

test(`${length} random commands are undone one by one to the first bytes, and done again to the last`, async () => {
  const done = new Set<string>();
  let deepest = 0;
  await fc.assert(
    fc.asyncProperty(fc.constantFrom("daps", "ddnm", "dps-mo"), script, async (name, steps) => {
      const studio = studioOf(name);
      const { editor } = studio;
      const first = bytesOf(studio);
      for (const { command, picks } of steps) {
        const things = thingsOf(editor.getState().history.present);
        editor.actions.select(picks.flatMap((pick) => things[pick % things.length]?.key ?? []));
        const chosen = commands[command];
        if (chosen === undefined || whyNot(studio, chosen) !== null) continue;
        await chosen.run(studio);
        done.add(chosen.id);
        if (bytesOf(studio).length > mostBytes) break;
      }
      while (editor.actions.redo() !== null);
      const { past } = editor.getState().history;
      deepest = Math.max(deepest, past.length);
      const seen = [bytesOf(studio)];
      while (editor.actions.undo() !== null) seen.push(bytesOf(studio));
      expect(seen).toHaveLength(past.length + 1);
      expect(seen.at(-1)).toBe(first);
      for (const bytes of seen.toReversed().slice(1)) {
        editor.actions.redo();
        expect(bytesOf(studio)).toBe(bytes);
      }
    }),
    { numRuns: 8, seed: 4, endOnFailure: true },
  );
  expect(done.size).toBeGreaterThan(30);
  expect(deepest).toBeGreaterThan(30);
});
