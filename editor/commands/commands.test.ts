import { readFileSync } from "node:fs";
import Elk from "elkjs/lib/elk.bundled.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createStore } from "zustand/vanilla";
import { registry } from "../../nodes/index.ts";
import type { Document } from "../../runtime/graph/document.ts";
import { readDocument } from "../../runtime/graph/read.ts";
import { createStudio } from "../app/create-studio.ts";
import type { Studio } from "../app/studio.ts";
import { thingsOf } from "./things.ts";
import { messagesOf } from "../i18n/catalogue.ts";
import { english } from "../i18n/english.ts";
import type { RunStore } from "../run/run-store.ts";
import { allCommands } from "./all-commands.ts";
import type { Clipboard } from "./clipboard-commands.ts";
import type { Command } from "./command.ts";
import { groupsOf } from "./groups.ts";
import { keyConflicts } from "./keymap.ts";
import { perform, whyNot } from "./perform.ts";

const folder = new URL("../../graphs/samplers/", import.meta.url);
const open = (name: string): Document => {
  const { document } = readDocument(readFileSync(new URL(`${name}.json`, folder), "utf8"));
  if (document === null) throw new Error(`${name} does not read`);
  return document;
};

/** None of these commands runs anything. */
const noRun = Object.assign(
  createStore(() => ({})),
  { actions: {} },
) as unknown as RunStore;

function studioOf(name: string): Studio {
  return createStudio({ registry, document: open(name), name, createRun: () => noRun });
}

function memoryClipboard(): Clipboard {
  let text: string | null = null;
  return {
    write: (wanted) => {
      text = wanted;
      return Promise.resolve();
    },
    read: () => Promise.resolve(text),
  };
}

const commands = allCommands(memoryClipboard(), () => Promise.resolve(new Elk()));
const commandOf = (id: string): Command => {
  const command = commands.find((one) => one.id === id);
  if (command === undefined) throw new Error(`no command ${id}`);
  return command;
};
const does = (studio: Studio, id: string): void => {
  expect(whyNot(studio, commandOf(id)), id).toBeNull();
  perform(studio, commandOf(id));
};
const present = (studio: Studio): Document => studio.editor.getState().history.present;
const body = "graph/anneal/body";

describe("the list of commands", () => {
  test("names each once", () => {
    const ids = commands.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)]);
  });

  test("gives no key to two of them", () => {
    expect(keyConflicts(commands)).toEqual([]);
  });

  test("has a title for each, and a heading for each group", () => {
    const messages = messagesOf(english);
    const missing = commands.filter(({ id }) => !messages.has(`commands.${id}`));
    expect(missing.map(({ id }) => id)).toEqual([]);
    for (const { name } of groupsOf(commands))
      expect(messages.has(`commands.group.${name}`)).toBe(true);
  });

  test("has a command for each title", () => {
    const titles = [
      "edit",
      "select",
      "history",
      "view",
      "also.edit",
      "also.history",
      "also.view",
    ].flatMap((group) =>
      [...messagesOf(english).keys()].filter((key) => key.startsWith(`commands.${group}.`)),
    );
    const ids = new Set(commands.flatMap(({ id }) => [`commands.${id}`, `commands.also.${id}`]));
    expect(titles.filter((title) => !ids.has(title))).toEqual([]);
  });

  test("shows all of them in groups", () => {
    expect(groupsOf(commands).flatMap(({ members }) => members)).toHaveLength(commands.length);
  });
});

describe("commands on a sampler", () => {
  test("a node that is deleted takes the selection with it, and undo brings it back", () => {
    const studio = studioOf("dps-mo");
    const before = present(studio);
    studio.editor.actions.select([`${body}/euler`]);
    does(studio, "edit.delete");
    expect(present(studio)).not.toEqual(before);
    expect(studio.editor.getState().selection).toEqual([]);
    does(studio, "history.undo");
    expect(present(studio)).toEqual(before);
  });

  test("a run of arrow presses moves a node by one entry, until the key is let go", () => {
    const studio = studioOf("dps-mo");
    studio.editor.actions.select([`${body}/euler`]);
    for (let press = 0; press < 3; press += 1) does(studio, "edit.move-right");
    does(studio, "edit.move-down");
    expect(studio.editor.getState().history.past).toHaveLength(1);
    studio.editor.actions.endGesture();
    does(studio, "edit.move-left");
    expect(studio.editor.getState().history.past).toHaveLength(2);
  });

  test("a wrapped node is selected as its zone, and taken apart it is as before", () => {
    const studio = studioOf("dps-mo");
    studio.editor.actions.select(["graph/zero"]);
    does(studio, "edit.wrapRepeat");
    const [zone = ""] = studio.editor.getState().selection;
    expect(zone).not.toBe("graph/zero");
    does(studio, "edit.unwrap");
    expect(studio.editor.getState().selection).toEqual(["graph/zero"]);
  });

  test("what is copied can be pasted, under another name", async () => {
    const studio = studioOf("dps-mo");
    studio.editor.actions.select(["graph/zero"]);
    await commandOf("edit.copy").run(studio);
    await commandOf("edit.paste").run(studio);
    const [pasted = ""] = studio.editor.getState().selection;
    expect(pasted).not.toBe("graph/zero");
    expect(Object.keys(present(studio).graph)).toContain(pasted.slice("graph/".length));
  });

  test("what is pasted beside a node in a zone is in that zone", async () => {
    const studio = studioOf("dps");
    studio.editor.actions.select(["graph/reverse/body/size"]);
    await commandOf("edit.copy").run(studio);
    await commandOf("edit.paste").run(studio);
    const [pasted = ""] = studio.editor.getState().selection;
    expect(pasted).toMatch(/^graph\/reverse\/body\/size/);
    expect(pasted).not.toBe("graph/reverse/body/size");
    does(studio, "history.undo");
    expect(studio.editor.getState().selection).toEqual([]);
  });

  test("a probe is of a node's first output, and the same command takes it away", () => {
    const studio = studioOf("ddnm");
    const [, node = ""] =
      thingsOf(present(studio))
        .find(({ type }) => type === "prior/denoise")
        ?.key.split("graph/") ?? [];
    studio.editor.actions.select([`graph/${node}`]);
    const before = JSON.stringify(present(studio).ui);
    does(studio, "edit.probe");
    const after = JSON.stringify(present(studio).ui);
    expect(after).not.toBe(before);
    does(studio, "edit.probe");
    expect(JSON.stringify(present(studio).ui)).not.toBe(after);
  });

  test("going in and out leaves the zone selected", () => {
    const studio = studioOf("dps-mo");
    studio.editor.actions.select(["graph/anneal"]);
    does(studio, "view.open");
    expect(studio.editor.getState().scope).toBe(body);
    does(studio, "view.out");
    expect(studio.editor.getState()).toMatchObject({ scope: "graph", selection: ["graph/anneal"] });
  });

  test("going back lets go of the selection first; going out does not wait for that", () => {
    const studio = studioOf("dps-mo");
    studio.editor.actions.dive(body);
    studio.editor.actions.select([`${body}/begin`]);
    does(studio, "view.back");
    expect(studio.editor.getState()).toMatchObject({ scope: body, selection: [] });
    does(studio, "view.back");
    expect(studio.editor.getState().scope).toBe("graph");
    studio.editor.actions.dive(body);
    studio.editor.actions.select([`${body}/begin`]);
    does(studio, "view.out");
    expect(studio.editor.getState().scope).toBe("graph");
  });

  test("what cannot be done is said, and changes nothing", () => {
    const studio = studioOf("dps-mo");
    const before = studio.editor.getState();
    perform(studio, commandOf("edit.delete"));
    expect(studio.editor.getState()).toBe(before);
    expect(studio.view.getState().said?.message.key).toBe("commands.lack.selection");
  });
});

/** Commands that write, and what they ask to be there. */
const edits = commands.filter(({ id }) => /^(edit|history)\./.test(id));

test("any sequence of commands can be undone to the start and redone to the end", async () => {
  const names = fc.constantFrom("dps-mo", "daps", "ddnm", "pigdm");
  const step = fc.record({
    command: fc.nat(edits.length - 1),
    picks: fc.array(fc.nat(), { minLength: 1, maxLength: 3 }),
  });
  const done = new Set<string>();
  await fc.assert(
    fc.asyncProperty(names, fc.array(step, { maxLength: 12 }), async (name, steps) => {
      const studio = studioOf(name);
      const start = present(studio);
      for (const { command, picks } of steps) {
        const things = thingsOf(present(studio));
        studio.editor.actions.select(
          picks.flatMap((pick) => things[pick % things.length]?.key ?? []),
        );
        const chosen = edits[command];
        if (chosen === undefined || whyNot(studio, chosen) !== null) continue;
        await chosen.run(studio);
        done.add(chosen.id);
      }
      const end = present(studio);
      const { length } = studio.editor.getState().history.past;
      const { length: ahead } = studio.editor.getState().history.future;
      studio.editor.actions.goTo(0);
      expect(present(studio)).toEqual(start);
      studio.editor.actions.goTo(length);
      expect(present(studio)).toEqual(end);
      expect(studio.editor.getState().history.future).toHaveLength(ahead);
    }),
    { numRuns: 60 },
  );
  expect(done.size).toBeGreaterThan(15);
});
