import "./outline.css";
import { useDeferredValue, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useStudio, useView } from "../app/use-studio.ts";
import type { Key } from "../document/keys.ts";
import { FilterBox } from "./filter-box.tsx";
import { OutlineTree } from "./outline-tree.tsx";
import { useRowChoice } from "./use-row-choice.ts";
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
  const choose = useRowChoice(outline);
  const goTo = () => {
    const { hit } = outline;
    if (hit === null) return;
    choose(hit, { flies: true });
    outline.reveal(hit);
    setText("");
    setGoing(hit);
  };
  const enter = useOnceSettled(searched === text, goTo);
  const leave = useOnceSettled(searched === text, toTree);
  const [going, setGoing] = useState<Key | null>(null);
  // Once the tree is whole again.
  useEffect(() => {
    if (going === null || outline.query !== null || outline.active !== going) return;
    setGoing(null);
    toTree();
  }, [going, outline.query, outline.active]);
  useAskedFocus({ find: () => filter.current?.select(), outline: toTree });
  return (
    <div className="outline">
      <FilterBox
        inputRef={filter}
        text={text}
        onChange={setText}
        onEnter={enter}
        onLeave={leave}
        count={outline.query === null ? null : outline.found}
      />
      {outline.rows.length === 0 ? (
        <p className="outline-empty">
          {t(outline.query === null ? "outline.empty" : "outline.filter.none")}
        </p>
      ) : (
        <OutlineTree
          treeRef={tree}
          outline={outline}
          onFind={() => filter.current?.select()}
          onClear={() => setText("")}
        />
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
