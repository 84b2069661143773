import { useId, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly onChange: (value: number) => void;
}

/** A whole number, taken when the field is left or Enter pressed; what is no such number stays, with the reason, until Escape. */
export function NumberField({ label, value, min, max, onChange }: Props) {
  const { t } = useTranslation();
  const about = useId();
  const [text, setText] = useState<string | null>(null);
  const [isRefused, setRefused] = useState(false);
  const type = (typed: string | null) => {
    setText(typed);
    setRefused(false);
  };
  const take = () => {
    if (text === null) return;
    const given = wholeIn(text);
    if (given === null || given < min || given > max) return setRefused(true);
    type(null);
    if (given !== value) onChange(given);
  };
  const step = (by: number) => {
    type(null);
    const next = ((text === null ? null : wholeIn(text)) ?? value) + by;
    if (next >= min && next <= max) onChange(next);
  };
  const press = (event: KeyboardEvent) => {
    const { key } = event;
    if (key === "Enter" || /^F\d+$/.test(key)) take();
    if (key === "ArrowUp") step(1);
    if (key === "ArrowDown") step(-1);
    if (key !== "Escape" || text === null) return;
    event.stopPropagation();
    type(null);
  };
  return (
    <label className="run-number">
      <span>{label}</span>
      <input
        inputMode="numeric"
        value={text ?? String(value)}
        aria-label={label}
        aria-invalid={isRefused}
        aria-describedby={isRefused ? about : undefined}
        onChange={({ target }) => type(target.value)}
        onBlur={take}
        onKeyDown={press}
      />
      {isRefused && (
        <span className="run-number-fault" id={about} role="alert">
          {t("run.number", { text, min, max, value })}
        </span>
      )}
    </label>
  );
}

/** Null where a text is no whole number. */
function wholeIn(text: string): number | null {
  const given = Number(text);
  return text.trim() === "" || !Number.isSafeInteger(given) ? null : given;
}
