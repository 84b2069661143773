import { lazy, Suspense } from "react";
import type { MarkdownProps } from "./markdown-props.ts";

const Rendered = lazy(async () => ({
  default: (await import("./markdown-rendered.tsx")).MarkdownRendered,
}));

/**
 * Markdown with formulae between dollars. Raw HTML is text, pictures are their words, and a link is one only where it
 * leads to https, http or mail. Until the renderer is loaded the text stands as it was written.
 */
export function Markdown(props: MarkdownProps) {
  return (
    <Suspense fallback={<span className="inspector-markdown-plain">{props.text}</span>}>
      <Rendered {...props} />
    </Suspense>
  );
}
