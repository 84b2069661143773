import { useId, type ReactNode } from "react";

interface Props {
  readonly title: string;
  readonly children: ReactNode;
  /** Something small at the end of the title's line. */
  readonly aside?: ReactNode;
  /** Rows of fields that have two buttons beside them. */
  readonly wideActions?: boolean;
}

/** A titled part of the panel. */
export function Section({ title, children, aside, wideActions = false }: Props) {
  const id = useId();
  return (
    <section className="inspector-section" data-wide-actions={wideActions} aria-labelledby={id}>
      <header className="inspector-section-head">
        <h3 id={id}>{title}</h3>
        {aside}
      </header>
      {children}
    </section>
  );
}
