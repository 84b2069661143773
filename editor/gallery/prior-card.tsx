import { BrainCircuit } from "lucide-react";
import { useTranslation } from "react-i18next";

interface Props {
  readonly title: string;
  readonly bytes: number;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}

/** A shipped model, and what fetching it costs. */
export function PriorCard({ title, bytes, chosen, onChoose }: Props) {
  const { t } = useTranslation();
  return (
    <li>
      <button
        type="button"
        className="gallery-card gallery-prior"
        aria-pressed={chosen}
        onClick={onChoose}
      >
        <BrainCircuit size={20} aria-hidden />
        <span className="gallery-title">{title}</span>
        <span className="gallery-summary">
          {t("gallery.newSampler.size", { size: (bytes / 2 ** 20).toFixed(1) })}
        </span>
      </button>
    </li>
  );
}
