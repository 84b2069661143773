import { describe, expect, test } from "vitest";
import { messagesOf } from "./catalogue.ts";
import { english } from "./english.ts";
import { pseudo, pseudoMessage } from "./pseudo.ts";

const gaps = (message: string): readonly string[] => message.match(/\{\{[^}]*\}\}/g) ?? [];
const outsideGaps = (message: string): string => message.replaceAll(/\{\{[^}]*\}\}/g, "");

describe(pseudoMessage, () => {
  test("leaves what i18next fills in, and no plain letter beside it", () => {
    const message = pseudoMessage("Connected {{from}} to <1>{{to}}</1>");
    expect(message).toContain("{{from}}");
    expect(message).toContain("<1>{{to}}</1>");
    expect(message.replaceAll(/\{\{[^}]*\}\}|<[^>]*>/g, "")).not.toMatch(/[A-Za-z]/);
  });

  test("is 40 % longer", () => {
    const message = "A sentence that is long enough to be measured";
    expect(pseudoMessage(message).length).toBeGreaterThanOrEqual(Math.floor(message.length * 1.4));
  });
});

test("the pseudo-locale has every key of the catalogue, each with its gaps and no plain letter", () => {
  const plain = messagesOf(english);
  const accented = messagesOf(pseudo(english));
  expect([...accented.keys()]).toEqual([...plain.keys()]);
  for (const [key, message] of accented) {
    expect(gaps(message), key).toEqual(gaps(plain.get(key) ?? ""));
    expect(outsideGaps(message).replaceAll(/<[^>]*>|\$t\([^)]*\)/g, ""), key).not.toMatch(
      /[A-Za-z]/,
    );
  }
});
