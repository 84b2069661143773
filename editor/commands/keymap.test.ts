import { describe, expect, test } from "vitest";
import type { Command } from "./command.ts";
import { keyConflicts, keyLabel, keysOf, normalKey } from "./keymap.ts";
import { createPreferences } from "./preferences.ts";
import { pressedKey } from "./pressed-key.ts";

const command = (id: string, ...keys: readonly string[]): Command => ({ id, keys, run: () => {} });
const press = { code: "", ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

describe(keyLabel, () => {
  test.each([
    ["$mod+Shift+z", "Ctrl+Shift+Z", "⇧⌘Z"],
    ["Alt+ArrowLeft", "Alt+←", "⌥←"],
    ["Shift+?", "?", "?"],
    ["Shift+Digit1", "Shift+1", "⇧1"],
    ["$mod+=", "Ctrl+=", "⌘="],
    ["Escape", "Esc", "⎋"],
  ])("writes %s as %s and as %s", (key, other, mac) => {
    expect(keyLabel(key, false)).toBe(other);
    expect(keyLabel(key, true)).toBe(mac);
  });
});

describe(keyConflicts, () => {
  test("finds keys that two commands have, however they are written", () => {
    const commands = [
      command("a.one", "Shift+$mod+Z"),
      command("a.two", "$mod+Shift+z"),
      command("a.three", "z"),
    ];
    expect(keyConflicts(commands)).toEqual([{ key: "$mod+Shift+z", ids: ["a.one", "a.two"] }]);
  });

  test("follows what a person chose", () => {
    const commands = [command("a.one", "x"), command("a.two", "y")];
    expect(keyConflicts(commands, { "a.two": ["X"] })).toHaveLength(1);
    expect(keyConflicts(commands, { "a.one": [], "a.two": ["x"] })).toEqual([]);
  });
});

describe(pressedKey, () => {
  test.each([
    [{ ...press, key: "z", ctrlKey: true, shiftKey: true }, false, "$mod+Shift+z"],
    [{ ...press, key: "z", metaKey: true }, true, "$mod+z"],
    [{ ...press, key: "z", ctrlKey: true }, true, "Control+z"],
    [{ ...press, key: " " }, false, "Space"],
    [{ ...press, key: "∂", code: "KeyD", altKey: true }, true, "Alt+KeyD"],
    [{ ...press, key: "Shift", shiftKey: true }, false, null],
  ])("%o is what tinykeys hears", (event, mac, expected) => {
    expect(pressedKey(event, mac)).toBe(expected);
  });
});

test("the same key is written one way", () => {
  expect(normalKey("Shift+Alt+A")).toBe(normalKey("Alt+Shift+a"));
});

describe(createPreferences, () => {
  function memory() {
    const items = new Map<string, string>();
    return {
      getItem: (key: string) => items.get(key) ?? null,
      setItem: (key: string, value: string) => void items.set(key, value),
    };
  }

  test("a chosen key is there at the next visit, and goes with a reset", () => {
    const storage = memory();
    createPreferences(storage).remap("edit.delete", ["q"]);
    const next = createPreferences(storage);
    expect(keysOf(command("edit.delete", "Delete"), next.keys.getState().value)).toEqual(["q"]);
    next.resetKeys("edit.delete");
    expect(createPreferences(storage).keys.getState().value).toEqual({});
  });

  test("the last five commands are kept, newest first, each once", () => {
    const { noteRecent, recent } = createPreferences(memory());
    for (const id of ["a", "b", "c", "d", "e", "f", "b"]) noteRecent(id);
    expect(recent.getState().value).toEqual(["b", "f", "e", "d", "c"]);
  });

  test.each(["{", "[1]", '{"edit.delete":"q"}'])(
    "what is stored and not readable (%s) is passed over",
    (text) => {
      const storage = memory();
      storage.setItem("denoodle.keys", text);
      expect(createPreferences(storage).keys.getState().value).toEqual({});
    },
  );

  test("works without a storage, and with one that refuses", () => {
    const refuses = {
      getItem: () => null,
      setItem: () => {
        throw new Error("full");
      },
    };
    for (const storage of [null, refuses]) {
      const { remap, keys } = createPreferences(storage);
      remap("edit.delete", ["q"]);
      expect(keys.getState().value).toEqual({ "edit.delete": ["q"] });
    }
  });
});
