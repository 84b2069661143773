import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { editorSources, messageUse } from "../../test/support/message-use.ts";
import { messagesOf } from "./catalogue.ts";
import { english } from "./english.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const messages = messagesOf(english);
const use = messageUse(editorSources(root));

/** Titles of commands follow their ids, and a test of the commands compares both. */
const ofCommands = "commands.*";

const forms = ["", "_zero", "_one", "_two", "_few", "_many", "_other"];
const isThere = (key: string): boolean => forms.some((form) => messages.has(`${key}${form}`));
const stem = (key: string): string => key.replace(/_(zero|one|two|few|many|other)$/, "");
const matches = (pattern: string, key: string): boolean =>
  new RegExp(`^${pattern.split("*").map(escaped).join(".+")}$`).test(key);
const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
const line = ({ file, line, text }: { file: string; line: number; text: string }): string =>
  `${file}:${line}: ${text}`;

describe("the catalogue and the sources", () => {
  test("every key that is asked for is there", () => {
    expect(use.keys.length).toBeGreaterThan(0);
    expect(use.keys.filter(({ text }) => !isThere(text)).map(line)).toEqual([]);
  });

  test("every family of keys that is asked for has a member", () => {
    const families = use.patterns.filter(({ text }) =>
      Object.hasOwn(english, text.slice(0, text.indexOf("."))),
    );
    const empty = families.filter(
      ({ text }) => ![...messages.keys()].some((key) => matches(text, stem(key))),
    );
    expect(empty.map(line)).toEqual([]);
  });

  test("every message is used", () => {
    const used = new Set([...use.keys.map(({ text }) => text), ...use.strings]);
    const families = use.patterns.map(({ text }) => text).filter((text) => text !== ofCommands);
    const isUsed = (key: string): boolean =>
      used.has(key) || used.has(stem(key)) || families.some((family) => matches(family, stem(key)));
    const unused = [...messages.keys()].filter((key) => !isUsed(key) && !isCommandTitle(key));
    expect(unused).toEqual([]);
  });
});

/** `commands.edit.delete` is the title of `edit.delete`, which the sources name by its id. */
function isCommandTitle(key: string): boolean {
  if (!key.startsWith("commands.")) return false;
  const id = key.slice("commands.".length);
  return use.strings.has(id) || use.patterns.some(({ text }) => matches(text, id));
}
