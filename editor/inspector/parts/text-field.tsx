import { useTranslation } from "react-i18next";

interface Props {
  readonly label: string;
  readonly value: string;
  readonly lines?: number;
  readonly onChange: (text: string) => void;
  readonly onEnd: () => void;
}

/** Free text; what is typed without leaving the field is one entry of the history. */
export function TextField({ label, value, lines = 1, onChange, onEnd }: Props) {
  const { t } = useTranslation();
  const shared = {
    value,
    "aria-label": label,
    placeholder: t("inspector.empty"),
    onBlur: onEnd,
  };
  if (lines > 1)
    return (
      <textarea
        {...shared}
        className="inspector-text inspector-text-long"
        rows={Math.max(lines, Math.min(10, Math.ceil(value.length / 40)))}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
    );
  return (
    <input
      {...shared}
      type="text"
      className="inspector-text"
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}
