import ReactMarkdown, { type Components, type ExtraProps } from "react-markdown";
import rehypeKatex from "rehype-katex";
import remarkMath from "remark-math";
import "katex/dist/katex.min.css";
import { safeKatex } from "./katex-options.ts";
import type { MarkdownProps } from "./markdown-props.ts";

/** Longer notes are cut for the renderer, not in the file. */
const longest = 50_000;

/** The renderer itself, which is loaded when the first text is shown. */
export function MarkdownRendered({ text, inline = false }: MarkdownProps) {
  return (
    <div className="inspector-markdown" data-inline={inline}>
      <ReactMarkdown
        urlTransform={safeUrl}
        remarkPlugins={[remarkMath]}
        rehypePlugins={[[rehypeKatex, safeKatex]]}
        components={components}
      >
        {text.slice(0, longest)}
      </ReactMarkdown>
    </div>
  );
}

const safeProtocols = new Set(["http:", "https:", "mailto:"]);

/** The address itself where it leads out in a known way; nothing for scripts, data and paths. */
function safeUrl(url: string): string {
  if (!URL.canParse(url)) return "";
  return safeProtocols.has(new URL(url).protocol) ? url : "";
}

const isDisplayed = (node: ExtraProps["node"]): boolean =>
  [node?.properties["className"]].flat().includes("katex-display");

const components: Components = {
  a: ({ href, children }) =>
    href === undefined || href === "" ? (
      <span>{children}</span>
    ) : (
      <a href={href} target="_blank" rel="noopener noreferrer nofollow">
        {children}
      </a>
    ),
  // a formula that is too wide is scrolled, by keys too
  span: ({ node, ...props }) => <span {...props} tabIndex={isDisplayed(node) ? 0 : undefined} />,
  // a picture is a request to somewhere: opening a graph makes none
  img: ({ alt }) => <span>{alt}</span>,
};
