import { useEffect, useState } from "react";
import { longestFormula } from "./katex-options.ts";

interface Props {
  readonly latex: string;
  readonly block?: boolean;
  /** Told the param whose sign is pointed at, and null for none. */
  readonly onPoint?: (name: string | null) => void;
}

type Render = (latex: string, block: boolean) => string | null;

/** A formula; as it was written until the renderer is loaded, and where it cannot be read. */
export function Formula({ latex, block = false, onPoint }: Props) {
  const render = useKatex();
  const html = render === null || latex.length > longestFormula ? null : render(latex, block);
  if (html === null) return <code className="inspector-latex">{latex}</code>;
  return (
    <span
      className={block ? "inspector-formula" : "inspector-formula-inline"}
      // what is too wide is scrolled, by keys too
      tabIndex={block ? 0 : undefined}
      onPointerOver={({ target }) => onPoint?.(signAt(target))}
      onPointerLeave={() => onPoint?.(null)}
      // KaTeX writes this markup itself, from a formula that it does not trust
      dangerouslySetInnerHTML={{ __html: html }}
    />
  );
}

function signAt(target: EventTarget): string | null {
  const sign = target instanceof Element ? target.closest("[data-sign]") : null;
  return sign?.getAttribute("data-sign") ?? null;
}

let loaded: Render | null = null;

async function load(): Promise<Render> {
  const [{ renderFormula }] = await Promise.all([
    import("./render-formula.ts"),
    import("katex/dist/katex.min.css"),
  ]);
  loaded = renderFormula;
  return renderFormula;
}

function useKatex(): Render | null {
  const [render, setRender] = useState<Render | null>(() => loaded);
  useEffect(() => {
    if (render !== null) return;
    let isGone = false;
    void load().then((loaded) => {
      if (!isGone) setRender(() => loaded);
    });
    return () => {
      isGone = true;
    };
  }, [render]);
  return render;
}
