import { useTranslation } from "react-i18next";
import { hasForm, startValue } from "../fields/values.ts";
import type { Nested } from "./object-controls.tsx";

/** One of several forms: the form is chosen above, its value below. */
export function UnionControl({ field, value, label, control: Control, ...rest }: Nested<"union">) {
  const { t } = useTranslation();
  const at = field.options.findIndex((option) => hasForm(option.field, value));
  const chosen = field.options[at];
  const choose = (index: string): void => {
    const option = field.options[Number(index)];
    rest.onChange(index === "" || option === undefined ? undefined : startValue(option.field));
    rest.onEnd();
  };
  return (
    <div className="inspector-union">
      <select
        className="inspector-select"
        value={at < 0 ? "" : String(at)}
        aria-label={t("inspector.form", { label })}
        data-fallback={rest.isFallback}
        onChange={({ currentTarget }) => choose(currentTarget.value)}
      >
        {at < 0 && <option value="">{t("inspector.unset")}</option>}
        {field.options.map(({ name, field: option }, i) => (
          <option key={name ?? option.kind} value={i}>
            {name ??
              t(
                option.kind === "constant"
                  ? "inspector.constant.null"
                  : `inspector.kinds.${option.kind}`,
              )}
          </option>
        ))}
      </select>
      {chosen !== undefined && chosen.field.kind !== "constant" && (
        <Control {...rest} field={chosen.field} value={value} label={label} />
      )}
    </div>
  );
}
