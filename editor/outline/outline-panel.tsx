import "./outline.css";
import { useDeferredValue, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useStudio, useView } from "../app/use-studio.ts";
import { FilterBox } from "./filter-box.tsx";
import { OutlineTree } from "./outline-tree.tsx";
import { useOutline } from "./use-outline.ts";

/** The graph as a tree, in which every edit can be made that the canvas offers. */
export function OutlinePanel() {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const searched = useDeferredValue(text);
  const outline = useOutline(searched);
  const filter = useRef<HTMLInputElement>(null);
  const tree = useRef<HTMLDivElement>(null);
  const toTree = () => tree.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  const leave = useOnceSettled(searched === text, toTree);
  useAskedFocus({ find: () => filter.current?.select(), outline: toTree });
  return (
    <div className="outline">
      <FilterBox
        inputRef={filter}
        text={text}
        onChange={setText}
        onLeave={leave}
        count={outline.query === null ? null : outline.found}
      />
      {outline.rows.length === 0 ? (
        <p className="outline-empty">
          {t(outline.query === null ? "outline.empty" : "outline.filter.none")}
        </p>
      ) : (
        <OutlineTree treeRef={tree} outline={outline} onFind={() => filter.current?.select()} />
      )}
    </div>
  );
}

/** Does it after the first render in which the rows are those of the words typed: a quick Enter goes to what they find, never to what half of them found. */
function useOnceSettled(settled: boolean, act: () => void): () => void {
  const [asked, setAsked] = useState(false);
  useEffect(() => {
    if (!asked || !settled) return;
    setAsked(false);
    act();
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [asked, settled]);
  return () => setAsked(true);
}

/** Takes the keyboard when a command asks for it. */
function useAskedFocus(take: { readonly find: () => void; readonly outline: () => void }): void {
  const { view } = useStudio();
  const asked = useView(({ focus }) => focus);
  useEffect(() => {
    if (asked !== "find" && asked !== "outline") return;
    take[asked]();
    view.setState({ focus: null });
  });
}
