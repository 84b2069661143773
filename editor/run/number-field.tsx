import { useState } from "react";

interface Props {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly onChange: (value: number) => void;
}

/** A whole number, taken when the field is left or Enter pressed; what is no such number is put back. */
export function NumberField({ label, value, min, max, onChange }: Props) {
  const [text, setText] = useState<string | null>(null);
  const take = () => {
    const given = Number(text);
    setText(null);
    if (text === null || text.trim() === "" || !Number.isSafeInteger(given)) return;
    const within = Math.min(max, Math.max(min, given));
    if (within !== value) onChange(within);
  };
  return (
    <label className="run-number">
      <span>{label}</span>
      <input
        inputMode="numeric"
        value={text ?? String(value)}
        onChange={({ target }) => setText(target.value)}
        onBlur={take}
        onKeyDown={({ key }) => {
          if (key === "Enter") take();
          if (key === "Escape") setText(null);
          if (key === "ArrowUp" && value < max) onChange(value + 1);
          if (key === "ArrowDown" && value > min) onChange(value - 1);
        }}
      />
    </label>
  );
}
