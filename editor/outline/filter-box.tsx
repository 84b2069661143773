import { Search, X } from "lucide-react";
import type { KeyboardEvent, RefObject } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  readonly inputRef: RefObject<HTMLInputElement | null>;
  readonly text: string;
  readonly onChange: (text: string) => void;
  /** The keyboard goes to what was found, in the whole tree. */
  readonly onEnter: () => void;
  /** The keyboard goes on to the rows that are left. */
  readonly onLeave: () => void;
  /** Things found; null without a search. */
  readonly count: number | null;
}

/** Finds by names, types and params. */
export function FilterBox({ inputRef, text, onChange, onEnter, onLeave, count }: Props) {
  const { t } = useTranslation();
  const pressed = (event: KeyboardEvent) => {
    const leaves = event.key === "Enter" || event.key === "ArrowDown" || event.key === "Escape";
    if (!leaves) return;
    event.preventDefault();
    if (event.key === "Escape") onChange("");
    if (event.key === "Enter" && text.trim() !== "") onEnter();
    else onLeave();
  };
  return (
    <search className="outline-filter">
      <Search size={14} aria-hidden />
      <input
        ref={inputRef}
        type="text"
        value={text}
        placeholder={t("outline.filter.placeholder")}
        aria-label={t("outline.filter.label")}
        aria-describedby="outline-filter-help"
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={pressed}
      />
      <span id="outline-filter-help" className="visually-hidden">
        {t("outline.filter.help")}
      </span>
      <span className="outline-count" role="status">
        {count === null ? null : t("outline.filter.found", { count })}
      </span>
      {text === "" ? null : (
        <button type="button" aria-label={t("outline.filter.clear")} onClick={() => onChange("")}>
          <X size={14} aria-hidden />
        </button>
      )}
    </search>
  );
}
