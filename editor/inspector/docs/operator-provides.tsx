import { Check, Minus } from "lucide-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { AnyNode } from "../../../runtime/graph/define-node.ts";
import { Section } from "../parts/section.tsx";
import { columnNames, operatorColumns } from "./operator-columns.ts";
import { registry } from "./whole-nodes.ts";

interface Props {
  readonly definition: AnyNode;
  readonly given: Readonly<Record<string, unknown>>;
}

/** Which columns an operator fills: what samplers may ask of it. Nothing where only a run can tell. */
export function OperatorProvides({ definition: { type, v }, given }: Props) {
  const { t } = useTranslation();
  const columns = useMemo(() => {
    const definition = registry.find(type, v);
    return definition === undefined ? null : operatorColumns(definition, given);
  }, [type, v, given]);
  if (columns === null) return null;
  return (
    <Section title={t("inspector.docs.provides")}>
      <ul className="inspector-columns">
        {columnNames.map((name) => {
          const has = columns.has(name);
          return (
            <li key={name} data-has={has}>
              {has ? (
                <Check size={14} aria-hidden="true" />
              ) : (
                <Minus size={14} aria-hidden="true" />
              )}
              <span>{t(`inspector.docs.columns.${name}`)}</span>
              <span className="visually-hidden">
                {t(has ? "inspector.docs.has" : "inspector.docs.lacks")}
              </span>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
