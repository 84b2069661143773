import { Plus, X } from "lucide-react";
import { useState, type ComponentType } from "react";
import { useTranslation } from "react-i18next";
import type { Field } from "../fields/field.ts";
import { isPlain, startValue } from "../fields/values.ts";
import type { ControlProps } from "./control.ts";

/** A control that has others inside takes the one that knows all kinds. */
export type Nested<Kind extends Field["kind"]> = ControlProps<Extract<Field, { kind: Kind }>> & {
  readonly control: ComponentType<ControlProps>;
};

/** A few values in a row: a range, a size. */
export function TupleControl({ field, value, label, control: Control, ...rest }: Nested<"tuple">) {
  const { t } = useTranslation();
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  const start = startValue(field);
  const fill: readonly unknown[] = Array.isArray(start) ? start : [];
  return (
    <div className="inspector-tuple">
      {field.items.map((item, i) => (
        <Control
          {...rest}
          // the places of a tuple are its names
          key={i}
          field={item}
          value={items[i]}
          fallback={fill[i]}
          label={t("inspector.part", { label, part: i + 1 })}
          onChange={(next) =>
            rest.onChange(
              field.items.map((_, j) => (j === i ? (next ?? fill[j]) : (items[j] ?? fill[j]))),
            )
          }
        />
      ))}
    </div>
  );
}

/** Named parts, each on a line; what is optional and empty is left out of the file. */
export function ObjectControl({
  field,
  value,
  label,
  control: Control,
  ...rest
}: Nested<"object">) {
  const { t } = useTranslation();
  const now = isPlain(value) ? value : {};
  const set = (name: string, next: unknown): void => {
    const { [name]: _, ...others } = now;
    rest.onChange(next === undefined ? others : { ...now, [name]: next });
  };
  return (
    <div className="inspector-nested">
      {field.fields
        .filter((part) => part.field.kind !== "constant")
        .map((part) => (
          <div className="inspector-nested-row" key={part.name}>
            <span className="inspector-nested-name" title={part.name}>
              {part.name}
            </span>
            <Control
              {...rest}
              field={part.field}
              value={now[part.name] ?? part.fallback}
              fallback={part.fallback}
              isFallback={now[part.name] === undefined}
              label={t("inspector.part", { label, part: part.name })}
              onChange={(next) => set(part.name, next)}
            />
          </div>
        ))}
    </div>
  );
}

/** Values under names of the user's own. */
export function RecordControl({
  field,
  value,
  label,
  control: Control,
  ...rest
}: Nested<"record">) {
  const { t } = useTranslation();
  const [name, setName] = useState("");
  const now = isPlain(value) ? value : {};
  const without = (gone: string) => {
    const others = Object.fromEntries(Object.entries(now).filter(([key]) => key !== gone));
    rest.onChange(Object.keys(others).length === 0 ? undefined : others);
    rest.onEnd();
  };
  const add = (): void => {
    rest.onChange({ ...now, [name]: startValue(field.item) });
    rest.onEnd();
    setName("");
  };
  return (
    <div className="inspector-nested">
      {Object.entries(now).map(([key, item]) => (
        <div className="inspector-nested-row inspector-nested-removable" key={key}>
          <span className="inspector-nested-name" title={key}>
            {key}
          </span>
          <Control
            {...rest}
            field={field.item}
            value={item}
            label={t("inspector.part", { label, part: key })}
            onChange={(next) => rest.onChange({ ...now, [key]: next ?? startValue(field.item) })}
          />
          <button
            type="button"
            className="inspector-icon"
            aria-label={t("inspector.remove", { name: key })}
            onClick={() => without(key)}
          >
            <X size={14} />
          </button>
        </div>
      ))}
      <form
        className="inspector-add"
        onSubmit={(event) => {
          event.preventDefault();
          if (name !== "" && !Object.hasOwn(now, name)) add();
        }}
      >
        <input
          className="inspector-text"
          value={name}
          placeholder={t("inspector.record.name")}
          aria-label={t("inspector.record.nameOf", { label })}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <button
          type="submit"
          className="inspector-icon"
          aria-label={t("inspector.record.add")}
          disabled={name === "" || Object.hasOwn(now, name)}
        >
          <Plus size={14} />
        </button>
      </form>
    </div>
  );
}
