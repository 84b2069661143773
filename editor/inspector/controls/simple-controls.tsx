import { Switch } from "radix-ui";
import type { KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import type { Constant, Field } from "../fields/field.ts";
import type { ControlProps } from "./control.ts";

type Of<Kind extends Field["kind"]> = ControlProps<Extract<Field, { kind: Kind }>>;

export function BooleanControl({ value, label, onChange, onEnd }: Of<"boolean">) {
  return (
    <Switch.Root
      className="inspector-switch"
      checked={value === true}
      aria-label={label}
      onCheckedChange={(checked) => {
        onChange(checked);
        onEnd();
      }}
    >
      <Switch.Thumb className="inspector-switch-thumb" />
    </Switch.Root>
  );
}

/** Text above this length is written in several lines. */
const oneLine = 200;

export function TextControl(props: Of<"text">) {
  const { field, value, label, faulty, describedBy, isFallback, onChange, onEnd } = props;
  const { t } = useTranslation();
  const shared = {
    className: "inspector-text",
    spellCheck: false,
    autoComplete: "off",
    placeholder: t("inspector.unset"),
    value: typeof value === "string" ? value : value === undefined ? "" : JSON.stringify(value),
    "aria-label": label,
    "aria-invalid": faulty,
    "aria-describedby": describedBy,
    "data-fallback": isFallback,
    onBlur: onEnd,
  };
  const write = (text: string): void => onChange(text === "" ? undefined : text);
  if ((field.most ?? 0) > oneLine)
    return (
      <textarea
        {...shared}
        className="inspector-text inspector-text-long"
        rows={2}
        onChange={({ currentTarget }) => write(currentTarget.value)}
      />
    );
  return (
    <input
      {...shared}
      type="text"
      onChange={({ currentTarget }) => write(currentTarget.value)}
      onKeyDown={({ key }: KeyboardEvent) => key === "Enter" && onEnd()}
    />
  );
}

/** One of a few values; where nothing is written and there is no default, an empty choice says so. */
export function ChoiceControl(props: Of<"choice">) {
  const { field, value, label, faulty, describedBy, isFallback, onChange, onEnd } = props;
  const { t } = useTranslation();
  const at = field.values.findIndex((each) => each === value);
  const isForeign = at < 0 && value !== undefined;
  return (
    <select
      className="inspector-select"
      value={at < 0 ? "" : String(at)}
      aria-label={label}
      aria-invalid={faulty}
      aria-describedby={describedBy}
      data-fallback={isFallback}
      onChange={({ currentTarget }) => {
        const chosen = currentTarget.value;
        onChange(chosen === "" ? undefined : field.values[Number(chosen)]);
        onEnd();
      }}
    >
      {at < 0 && (
        <option value="">{isForeign ? JSON.stringify(value) : t("inspector.unset")}</option>
      )}
      {field.values.map((each, i) => (
        <option key={constantText(each)} value={i}>
          {typeof each === "boolean" || each === null
            ? t(`inspector.constant.${each}`)
            : constantText(each)}
        </option>
      ))}
    </select>
  );
}

const constantText = (value: Constant): string => String(value);

/** A tag that cannot be changed by itself. */
export function ConstantControl({ field }: Of<"constant">) {
  const { t } = useTranslation();
  return (
    <span className="inspector-constant">
      {field.value === null ? t("inspector.constant.null") : constantText(field.value)}
    </span>
  );
}
