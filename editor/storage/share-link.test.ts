import fc from "fast-check";
import { deflateSync, strToU8 } from "fflate";
import { expect, test } from "vitest";
import { validDocument } from "../../test/support/graph-arbitrary.ts";
import { graphRegistry } from "../../test/support/graph-registry.ts";
import { writeDocument } from "../../runtime/graph/write.ts";
import { readGraphText } from "./graph-file.ts";
import { graphInFragment, shareLink } from "./share-link.ts";

const page = "https://example.org/editor/?a=1#old";
const fragmentOf = (link: string) => link.slice(link.indexOf("#"));
const linkOf = (bytes: Uint8Array) => `#graph=${Buffer.from(bytes).toString("base64url")}`;

test("a link holds the file, byte for byte", () => {
  fc.assert(
    fc.property(validDocument(graphRegistry), (document) => {
      const link = shareLink(document, page);
      expect(link.startsWith("https://example.org/editor/?a=1#graph=")).toBe(true);
      expect(encodeURI(link)).toBe(link);
      const found = graphInFragment(fragmentOf(link));
      expect(found).toEqual({ text: writeDocument(document) });
      const read = readGraphText(writeDocument(document));
      expect(read.document && writeDocument(read.document)).toBe(writeDocument(document));
    }),
    { numRuns: 50 },
  );
});

test("other fragments hold no graph", () => {
  expect(graphInFragment("")).toBeNull();
  expect(graphInFragment("#section")).toBeNull();
});

test("a broken link is said to be broken", () => {
  const whole = fragmentOf(
    shareLink({ denoodle: 1, name: "a", inputs: {}, graph: {}, outputs: {}, blocks: {} }, page),
  );
  for (const broken of [
    whole.slice(0, -3),
    `${whole}!`,
    "#graph=a",
    "#graph=%%%",
    linkOf(Uint8Array.of(255, 255, 0)),
  ])
    expect(graphInFragment(broken)).toBe("broken");
});

test("a link that unfolds to more than is read is refused", () => {
  const bomb = deflateSync(new Uint8Array(64 * 2 ** 20), { level: 9 });
  expect(graphInFragment(linkOf(bomb))).toBe("broken");
});

test("whatever follows in the fragment, reading it does not throw", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.base64String()), fc.uint8Array(), (text, bytes) => {
      for (const fragment of [
        `#graph=${text}`,
        linkOf(bytes),
        linkOf(deflateSync(strToU8(text))),
      ]) {
        const found = graphInFragment(fragment);
        if (found !== null && found !== "broken") readGraphText(found.text);
      }
    }),
    { numRuns: 500 },
  );
});
