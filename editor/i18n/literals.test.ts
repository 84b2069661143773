import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { editorSources, type Place, placeOf, walk } from "../../test/support/message-use.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Attributes whose text a person sees or hears. */
const spoken = new Set([
  "alt",
  "aria-description",
  "aria-label",
  "aria-placeholder",
  "aria-roledescription",
  "aria-valuetext",
  "placeholder",
  "title",
]);

const hasWord = (text: string): boolean => /\p{L}{2}/u.test(text);

/** `label` also takes words of the code (`label="left"`): one that begins small and stands alone is none. */
const isSpoken = (attribute: string, text: string): boolean =>
  hasWord(text) && (spoken.has(attribute) || (attribute === "label" && /^\p{Lu}|\s/u.test(text)));

/** `translate="no"` marks what no language changes: names, symbols, units. */
function isUntranslated(node: ts.Node): boolean {
  for (let at: ts.Node | undefined = node; at !== undefined; at = at.parent) {
    if (!ts.isJsxElement(at)) continue;
    const marked = at.openingElement.attributes.properties.some(
      (attribute) => attribute.getText() === 'translate="no"',
    );
    if (marked) return true;
  }
  return false;
}

function literalOf(attribute: ts.JsxAttribute): string {
  const value = attribute.initializer;
  if (value === undefined) return "";
  if (ts.isStringLiteral(value)) return value.text;
  if (!ts.isJsxExpression(value) || value.expression === undefined) return "";
  const { expression } = value;
  if (ts.isStringLiteralLike(expression)) return expression.text;
  if (!ts.isTemplateExpression(expression)) return "";
  return [expression.head, ...expression.templateSpans.map(({ literal }) => literal)]
    .map(({ text }) => text)
    .join(" ");
}

function literals(source: ts.SourceFile): readonly Place[] {
  const found: Place[] = [];
  walk(source, (node) => {
    if (ts.isJsxText(node) && hasWord(node.text) && !isUntranslated(node))
      found.push(placeOf(node, node.text.trim()));
    if (ts.isJsxExpression(node) && !ts.isJsxAttribute(node.parent) && !isUntranslated(node)) {
      const { expression } = node;
      if (
        expression !== undefined &&
        ts.isStringLiteralLike(expression) &&
        hasWord(expression.text)
      )
        found.push(placeOf(node, expression.text));
    }
    if (ts.isJsxAttribute(node) && isSpoken(node.name.getText(), literalOf(node)))
      found.push(placeOf(node, literalOf(node)));
  });
  return found;
}

const parsed = (text: string): ts.SourceFile =>
  ts.createSourceFile("case.tsx", text, ts.ScriptTarget.ES2023, true, ts.ScriptKind.TSX);

describe("words in components", () => {
  test.each([
    ["<p>Some words</p>", 1],
    ["<p>{'Some words'}</p>", 1],
    ['<button aria-label="Close it" />', 1],
    ["<button aria-label={`Close ${name}`} />", 1],
    ['<Group label="Close it" />', 1],
    ['<Handle label="left" />', 0],
    ['<kbd translate="no">Ctrl</kbd>', 0],
    ["<p>{t('app.name')} × {count}</p>", 0],
    ['<p className="some-words" />', 0],
  ])("in %s the scan finds %i", (text, count) => {
    expect(literals(parsed(`const a = ${text};`))).toHaveLength(count);
  });

  test("none stands in a component: all are in the catalogue", () => {
    const found = editorSources(root).flatMap(literals);
    expect(found.map(({ file, line, text }) => `${file}:${line}: ${text}`)).toEqual([]);
  });
});
