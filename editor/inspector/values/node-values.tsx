import { ChevronDown, ChevronRight } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useAnalysis, useRun, useView, useStudio } from "../../app/use-studio.ts";
import type { NodeView } from "../../document/view/view.ts";
import { Section } from "../parts/section.tsx";
import { ValueRow } from "./value-row.tsx";
import { valuesOf } from "./values-of.ts";
import "./values.css";

/** What goes into a node and comes out of it in the step that is shown; computed again where nobody kept it. */
export function NodeValues({ view }: { readonly view: NodeView }) {
  const { t } = useTranslation();
  const studio = useStudio();
  const document = useAnalysis((analysis) => analysis.document);
  const hasRun = useRun(({ run, phase }) => run !== null && phase !== "starting");
  const isOpen = useView((state) => state.values);
  const values = valuesOf(document, view);
  if (!hasRun || values.length === 0 || !view.key.startsWith("graph/")) return null;
  const Icon = isOpen ? ChevronDown : ChevronRight;
  return (
    <Section
      title={t("run.values.title")}
      aside={
        <button
          type="button"
          className="inspector-values-open"
          aria-expanded={isOpen}
          onClick={() => studio.view.setState({ values: !isOpen })}
        >
          <Icon size={14} aria-hidden />
          {t(isOpen ? "run.values.hide" : "run.values.show")}
        </button>
      }
    >
      {isOpen && (
        <ul className="inspector-values">
          {values.map((value) => (
            <ValueRow key={`${value.side} ${value.name} ${value.wire}`} value={value} />
          ))}
        </ul>
      )}
    </Section>
  );
}
