import { Plus } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useStudio } from "../app/use-studio.ts";

/** The way to a prior of one's own, last among those that are there. */
export function OwnPriorCard() {
  const { t } = useTranslation();
  const { view } = useStudio();
  return (
    <li>
      <button
        type="button"
        className="gallery-card gallery-prior"
        onClick={() => view.setState({ dialog: "own-prior" })}
      >
        <Plus size={20} aria-hidden />
        <span className="gallery-title">{t("priors.list.add")}</span>
        <span className="gallery-summary">{t("priors.list.about")}</span>
      </button>
    </li>
  );
}
