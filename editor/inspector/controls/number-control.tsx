import { useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import type { NumberField } from "../fields/field.ts";
import { positionOf, scaleOf, stepped, type Scale } from "../fields/scale.ts";
import { startValue } from "../fields/values.ts";
import type { ControlProps } from "./control.ts";
import { useDragNumber } from "./use-drag-number.ts";

/** A number: drag it, type it, or step it with the arrow keys; Shift is fine. */
export function NumberControl(props: ControlProps<NumberField>) {
  const { field, value, fallback, label, faulty, isFallback, describedBy, onChange, onEnd } = props;
  const { t } = useTranslation();
  const [text, setText] = useState<string | null>(null);
  const scale = scaleOf(field, fallback);
  const now = numberNow(props);
  const drag = useDragNumber({ scale, value: now, onChange, onEnd });
  const stop = (): void => {
    setText(null);
    onEnd();
  };
  const type = (typed: string): void => {
    setText(typed);
    onChange(numberOrText(typed));
  };
  const move = (event: KeyboardEvent<HTMLInputElement>): void => {
    const steps = stepsOf(event.key);
    if (steps === null) {
      if (event.key === "Enter") stop();
      return;
    }
    event.preventDefault();
    setText(null);
    onChange(stepped(scale, now, steps, event.shiftKey));
  };
  const shown = text ?? writtenText(value);
  return (
    <span className="inspector-number" data-faulty={faulty} data-fallback={isFallback}>
      <Fill scale={scale} value={value} />
      <input
        {...drag}
        type="text"
        inputMode="decimal"
        role="spinbutton"
        spellCheck={false}
        autoComplete="off"
        className="inspector-number-input"
        aria-label={label}
        aria-valuenow={typeof value === "number" ? value : undefined}
        aria-valuetext={value === undefined ? t("inspector.unset") : undefined}
        aria-valuemin={field.min?.value}
        aria-valuemax={field.max?.value}
        aria-invalid={faulty}
        aria-describedby={describedBy}
        placeholder={t("inspector.unset")}
        title={t("inspector.number.hint")}
        value={shown}
        onChange={(event) => type(event.currentTarget.value)}
        onKeyDown={move}
        onBlur={stop}
      />
      {field.unit !== null && <span className="inspector-unit">{field.unit}</span>}
    </span>
  );
}

function Fill({ scale, value }: { readonly scale: Scale; readonly value: unknown }) {
  if (scale.range === null || typeof value !== "number") return null;
  const width = `${positionOf(scale, value) * 100}%`;
  return <span className="inspector-number-fill" aria-hidden="true" style={{ width }} />;
}

function numberNow({ value, fallback, field }: ControlProps<NumberField>): number {
  if (typeof value === "number") return value;
  return typeof fallback === "number" ? fallback : Number(startValue(field));
}

/** What is no number, for a file may hold anything, is shown as the file has it. */
const writtenText = (value: unknown): string =>
  value === undefined ? "" : typeof value === "string" ? value : JSON.stringify(value);

/** Nothing, a number, or what was typed where that is no number. */
function numberOrText(typed: string): unknown {
  const text = typed.trim().replace("−", "-");
  if (text === "") return undefined;
  const value = Number(/^[-+]?\d+,\d+$/.test(text) ? text.replace(",", ".") : text);
  return Number.isFinite(value) ? value : text;
}

const steps: Readonly<Record<string, number>> = {
  ArrowUp: 1,
  ArrowDown: -1,
  PageUp: 10,
  PageDown: -10,
};
const stepsOf = (key: string): number | null => steps[key] ?? null;
