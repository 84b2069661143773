import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

/** A place in the editor's sources. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

/** What the sources ask of the catalogue. */
export interface MessageUse {
  /** Whole keys, of `t("…")` and `{ key: "…" }`. */
  readonly keys: readonly Place[];
  /** Keys with gaps, of `t(\`kind.${kind}\`)`: `kind.*`. */
  readonly patterns: readonly Place[];
  /** All other strings: a key among them counts as used. */
  readonly strings: ReadonlySet<string>;
}

export function editorSources(root: string): readonly ts.SourceFile[] {
  return readdirSync(join(root, "editor"), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name))
    .filter((name) => !/(^|\/)(node_modules|dist)\//.test(name))
    .toSorted()
    .map((name) => {
      const text = readFileSync(join(root, "editor", name), "utf8");
      const kind = name.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
      return ts.createSourceFile(`editor/${name}`, text, ts.ScriptTarget.ES2023, true, kind);
    });
}

/** Calls back with every syntax node of a file, outer ones first. */
export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}

export const placeOf = (node: ts.Node, text: string): Place => {
  const file = node.getSourceFile();
  return {
    file: file.fileName,
    line: file.getLineAndCharacterOfPosition(node.getStart()).line + 1,
    text,
  };
};

export function messageUse(sources: readonly ts.SourceFile[]): MessageUse {
  const keys: Place[] = [];
  const patterns: Place[] = [];
  const strings = new Set<string>();
  for (const source of sources)
    walk(source, (node) => {
      if (ts.isStringLiteralLike(node)) strings.add(node.text);
      for (const asked of askedBy(node)) note(asked, keys, patterns);
      if (ts.isTemplateExpression(node)) patterns.push(placeOf(node, patternOf(node)));
    });
  return { keys, patterns: patterns.filter(({ text }) => /^[a-z]+\./.test(text)), strings };
}

/** The expressions that stand for a key: the first argument of `t`, a message's `key`, `i18nKey`. */
function askedBy(node: ts.Node): readonly ts.Expression[] {
  if (ts.isCallExpression(node) && isTranslate(node.expression)) return branches(node.arguments[0]);
  if (ts.isPropertyAssignment(node) && node.name.getText() === "key" && inMessage(node))
    return branches(node.initializer);
  if (ts.isJsxAttribute(node) && node.name.getText() === "i18nKey")
    return node.initializer !== undefined && ts.isStringLiteral(node.initializer)
      ? [node.initializer]
      : [];
  return [];
}

const isTranslate = (callee: ts.Expression): boolean =>
  (ts.isIdentifier(callee) && callee.text === "t") ||
  (ts.isPropertyAccessExpression(callee) && callee.name.text === "t");

/** A message is `{ key }` or `{ key, values }`; other objects have keys of their own. */
const inMessage = ({ parent }: ts.PropertyAssignment): boolean =>
  ts.isObjectLiteralExpression(parent) &&
  parent.properties.every((property) => ["key", "values"].includes(property.name?.getText() ?? ""));

/** Both sides of `a ? "x" : "y"`. */
function branches(expression: ts.Expression | undefined): readonly ts.Expression[] {
  if (expression === undefined) return [];
  if (ts.isParenthesizedExpression(expression)) return branches(expression.expression);
  if (ts.isConditionalExpression(expression))
    return [...branches(expression.whenTrue), ...branches(expression.whenFalse)];
  return [expression];
}

function note(asked: ts.Expression, keys: Place[], patterns: Place[]): void {
  if (ts.isStringLiteralLike(asked)) keys.push(placeOf(asked, asked.text));
  else if (ts.isTemplateExpression(asked)) patterns.push(placeOf(asked, patternOf(asked)));
}

const patternOf = (template: ts.TemplateExpression): string =>
  [template.head.text, ...template.templateSpans.map(({ literal }) => literal.text)].join("*");
