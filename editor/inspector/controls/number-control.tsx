import type { KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { isExpressionText } from "../../../runtime/graph/expression.ts";
import type { NumberField } from "../fields/field.ts";
import { positionOf, scaleOf, stepped, type Scale } from "../fields/scale.ts";
import { startValue } from "../fields/values.ts";
import type { ControlProps } from "./control.ts";
import { useDragNumber } from "./use-drag-number.ts";
import { useTyped } from "./use-typed.ts";

/** A number: drag it, type it and press Enter, or step it with the arrow keys; Shift is fine. */
export function NumberControl(props: ControlProps<NumberField>) {
  const { field, value, fallback, label, faulty, isFallback, describedBy, onChange, onEnd } = props;
  const { t } = useTranslation();
  const typed = useTyped((text) => onChange(numberOrText(text)));
  const scale = scaleOf(field, fallback);
  const now = numberNow(props);
  const drag = useDragNumber({ scale, value: now, onChange, onEnd });
  const stop = (): void => {
    typed.commit();
    onEnd();
  };
  // The field of an expression takes over at its first letter.
  const type = (text: string): void => (isExpressionText(text) ? onChange(text) : typed.type(text));
  const undo = (event: KeyboardEvent): void => {
    if (typed.text === null && !faulty) return;
    event.stopPropagation();
    typed.drop();
    props.onCancel?.();
  };
  const press = (event: KeyboardEvent<HTMLInputElement>): void => {
    const steps = stepsOf(event.key);
    if (steps !== null) {
      event.preventDefault();
      typed.drop();
      onChange(stepped(scale, numberIn(typed.text) ?? now, steps, event.shiftKey));
    } else if (event.key === "Escape") undo(event);
    else if (isCommand(event)) stop();
  };
  const shown = typed.text ?? writtenText(value);
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
        onKeyDown={press}
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

const numberIn = (typed: string | null): number | null => {
  const value = typed === null ? undefined : numberOrText(typed);
  return typeof value === "number" ? value : null;
};

/** Enter, and the keys of commands, which are to find what was typed: F5, Ctrl+S. */
const isCommand = ({ key, ctrlKey, metaKey }: KeyboardEvent): boolean =>
  key === "Enter" || /^F\d+$/.test(key) || ((ctrlKey || metaKey) && key.toLowerCase() === "s");

const steps: Readonly<Record<string, number>> = {
  ArrowUp: 1,
  ArrowDown: -1,
  PageUp: 10,
  PageDown: -10,
};
const stepsOf = (key: string): number | null => steps[key] ?? null;
