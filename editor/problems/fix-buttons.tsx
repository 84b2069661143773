import { Wrench } from "lucide-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Issue } from "../../runtime/base/issue.ts";
import { useAnalysis, useStudio } from "../app/use-studio.ts";
import { useModels } from "../own-prior/use-models.ts";
import { quickFixes } from "./quick-fixes.ts";
import "./problems.css";

interface Props {
  readonly issue: Issue;
  /** Called before the graph is changed. */
  readonly onMend?: () => void;
}

/** The mends of an issue, each a button that does it as one entry of the history. */
export function FixButtons({ issue, onMend }: Props) {
  const { t } = useTranslation();
  const { editor, registry } = useStudio();
  const analysis = useAnalysis((now) => now);
  const { shipped, own } = useModels();
  const fixes = useMemo(
    () => quickFixes(issue, analysis, registry, [...own, ...shipped]),
    [issue, analysis, registry, shipped, own],
  );
  if (fixes.length === 0) return null;
  return (
    <span className="problems-fixes">
      {fixes.map(({ label, recipe }) => (
        <button
          key={JSON.stringify(label)}
          type="button"
          className="problems-fix"
          onClick={() => {
            onMend?.();
            editor.actions.edit({ label }, recipe);
          }}
        >
          <Wrench size={12} aria-hidden="true" />
          {t(label.key, { ...label.values })}
        </button>
      ))}
    </span>
  );
}
