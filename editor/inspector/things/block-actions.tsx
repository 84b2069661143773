import { CornerDownRight } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useAnalysis, useStudio } from "../../app/use-studio.ts";
import { own } from "../../../runtime/graph/own.ts";

/** What can be done with the block that a node uses. */
export function BlockActions({ use }: { readonly use: string }) {
  const { t } = useTranslation();
  const { editor } = useStudio();
  const block = useAnalysis(({ document }) => own(document.blocks, use));
  if (block === undefined) return null;
  return (
    <button
      type="button"
      className="inspector-button"
      onClick={() => editor.actions.dive(`blocks/${use}/graph`)}
    >
      <CornerDownRight size={14} aria-hidden="true" />
      {t("inspector.block.open", { name: use })}
    </button>
  );
}
