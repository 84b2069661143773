import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ControlProps } from "./control.ts";
import { formatJson, formatNumbers, parseJson, parseNumbers, sparkline } from "./list-text.ts";

/** A longer list opens only when it is asked for. */
const longest = 400;
const charactersPerLine = 34;
const mostLines = 8;

/** A list of numbers as text, with its course drawn; lists of anything else, and matrices, as JSON. */
export function ListControl(props: ControlProps) {
  const { field, value } = props;
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const numbers = numbersOf(value);
  const isNumbers = field.kind === "list" && field.item.kind === "number";
  const entries = Array.isArray(value) ? value.length : 0;
  return (
    <div className="inspector-list">
      {numbers !== null && numbers.length > 2 && (
        <div className="inspector-list-head">
          <svg viewBox="-1 -1 82 22" className="inspector-spark" aria-hidden="true">
            <polyline points={sparkline(numbers, 80, 20)} />
          </svg>
          <span>{t("inspector.list.numbers", { count: numbers.length })}</span>
        </div>
      )}
      {entries > longest && !open ? (
        <button type="button" className="inspector-button" onClick={() => setOpen(true)}>
          {t("inspector.list.open", { count: entries })}
        </button>
      ) : (
        <ListText {...props} isNumbers={isNumbers} />
      )}
    </div>
  );
}

function ListText(props: ControlProps & { readonly isNumbers: boolean }) {
  const { value, label, faulty, describedBy, isFallback, isNumbers, onChange, onEnd } = props;
  const { t } = useTranslation();
  const [text, setText] = useState<string | null>(null);
  const shown = text ?? format(value, isNumbers);
  const lines = Math.max(shown.split("\n").length, Math.ceil(shown.length / charactersPerLine));
  return (
    <textarea
      className="inspector-text inspector-mono"
      rows={Math.min(mostLines, lines)}
      spellCheck={false}
      placeholder={t(isNumbers ? "inspector.list.hint" : "inspector.list.json")}
      value={shown}
      aria-label={label}
      aria-invalid={faulty}
      aria-describedby={describedBy}
      data-fallback={isFallback}
      onChange={({ currentTarget }) => {
        setText(currentTarget.value);
        onChange(parse(currentTarget.value, isNumbers));
      }}
      onBlur={() => {
        if (faulty !== true) setText(null);
        onEnd();
      }}
    />
  );
}

function format(value: unknown, isNumbers: boolean): string {
  if (value === undefined) return "";
  if (typeof value === "string") return value;
  const numbers = isNumbers ? numbersOf(value) : null;
  return numbers === null ? formatJson(value) : formatNumbers(numbers);
}

function parse(text: string, isNumbers: boolean): unknown {
  if (text.trim() === "") return undefined;
  return isNumbers ? parseNumbers(text) : parseJson(text);
}

function numbersOf(value: unknown): readonly number[] | null {
  if (!Array.isArray(value)) return null;
  const numbers = value.filter((item): item is number => typeof item === "number");
  return numbers.length === value.length ? numbers : null;
}
