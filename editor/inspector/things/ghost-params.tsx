import { useTranslation } from "react-i18next";
import { Name } from "../parts/name.tsx";
import { Section } from "../parts/section.tsx";

/** Params of a node that this Denoodle does not know: kept as they are, and shown. */
export function GhostParams({ given }: { readonly given: Readonly<Record<string, unknown>> }) {
  const { t } = useTranslation();
  return (
    <Section title={t("inspector.params")}>
      <p className="inspector-note">{t("inspector.ghost")}</p>
      {Object.entries(given).map(([name, value]) => (
        <div className="inspector-row" key={name}>
          <Name of={name} />
          <code className="inspector-control inspector-json">{JSON.stringify(value)}</code>
        </div>
      ))}
    </Section>
  );
}
