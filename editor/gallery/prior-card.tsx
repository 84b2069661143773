import { BrainCircuit } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Message } from "../document/history.ts";

interface Props {
  readonly title: string;
  /** What fetching it costs; that it is the user's own. */
  readonly about: string;
  /** Why it cannot be chosen. */
  readonly unfit: Message | null;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}

/** A model that may be the prior. */
export function PriorCard({ title, about, unfit, chosen, onChoose }: Props) {
  const { t } = useTranslation();
  return (
    <li>
      <button
        type="button"
        className="gallery-card gallery-prior"
        aria-pressed={chosen}
        aria-disabled={unfit !== null}
        onClick={() => unfit === null && onChoose()}
      >
        <BrainCircuit size={20} aria-hidden />
        <span className="gallery-title">{title}</span>
        <span className="gallery-summary">
          {unfit === null ? about : t(unfit.key, unfit.values ?? {})}
        </span>
      </button>
    </li>
  );
}
