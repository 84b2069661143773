import type { Catalogue } from "./catalogue.ts";

const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const accented = "ȧƀƈḓḗƒɠħīĵķŀḿƞǿƥɋřşŧŭṽẇẋẏẑȦƁƇḒḖƑƓĦĪĴĶĿḾȠǾƤɊŘŞŦŬṼẆẊẎẐ";
const accents = new Map([...plain].map((letter, i) => [letter, [...accented][i] ?? letter]));

/** What i18next fills in (`{{name}}`), nests (`$t(key)`) and marks (`<1>`): kept as it is. */
const kept = /(\{\{[^}]*\}\}|\$t\([^)]*\)|<[^>]*>)/;

/** How much longer other languages run. */
const growth = 0.4;

/** Every message with accents, 40 % longer, between brackets that show where it is cut off. */
export function pseudo(catalogue: Catalogue): Catalogue {
  return Object.fromEntries(
    Object.entries(catalogue).map(([key, value]) => [
      key,
      typeof value === "string" ? pseudoMessage(value) : pseudo(value),
    ]),
  );
}

export function pseudoMessage(message: string): string {
  const parts = message.split(kept);
  const words = parts.map((part) => (kept.test(part) ? part : accent(part))).join("");
  const letters = parts.filter((part) => !kept.test(part)).join("").length;
  return `[${words}${padding(Math.ceil(letters * growth))}]`;
}

const accent = (text: string): string =>
  [...text].map((letter) => accents.get(letter) ?? letter).join("");

/** Words of `~`, so that lines break in them as they do in text. */
const padding = (length: number): string =>
  Array.from({ length }, (_, i) => (i % 8 === 0 ? " " : "~")).join("");
