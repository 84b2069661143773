/** Text that `Markdown` renders. */
export interface MarkdownProps {
  readonly text: string;
  /** One line among other words: no paragraphs of its own. */
  readonly inline?: boolean;
}
