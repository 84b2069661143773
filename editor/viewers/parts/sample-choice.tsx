import { useTranslation } from "react-i18next";
import { Choice } from "./choice.tsx";

interface Props {
  readonly count: number;
  /** Null: all. */
  readonly sample: number | null;
  readonly onChange: (sample: number | null) => void;
}

/** The most samples that are offered one by one. */
const mostOffered = 256;

/** One sample of a batch, or all. */
export function SampleChoice({ count, sample, onChange }: Props) {
  const { t } = useTranslation();
  if (count < 2) return null;
  const one = Array.from({ length: Math.min(count, mostOffered) }, (_, i) => ({
    value: String(i),
    title: t("viewers.sample.one", { number: i }),
  }));
  return (
    <Choice
      label={t("viewers.sample.label")}
      value={sample === null ? "all" : String(sample)}
      options={[{ value: "all", title: t("viewers.sample.all", { count }) }, ...one]}
      onChange={(value) => onChange(value === "all" ? null : Number(value))}
    />
  );
}
