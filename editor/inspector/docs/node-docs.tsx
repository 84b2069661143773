import { useTranslation } from "react-i18next";
import type { InputPort, Ports } from "../../../runtime/graph/define-node.ts";
import { useStudio } from "../../app/use-studio.ts";
import { PortDot } from "../parts/port-dot.tsx";
import { TypeText } from "../parts/port-type.tsx";
import { Section } from "../parts/section.tsx";
import { NodeFormula } from "./node-formula.tsx";
import { OperatorDocs } from "./operator-docs.tsx";
import type { DocsPage } from "./page.ts";
import { portsNow } from "./ports-now.ts";

/** All about a node type, with the params that the selected node has. */
export function NodeDocs({ page }: { readonly page: Extract<DocsPage, { kind: "node" }> }) {
  const { t } = useTranslation();
  const { registry } = useStudio();
  const { definition, given } = page;
  const ports = portsNow(definition, given);
  const versions = registry.versions(definition.type).map(({ v }) => v);
  return (
    <>
      <h2 className="inspector-docs-title">{definition.title}</h2>
      <p className="inspector-kind">
        {t("inspector.version", { type: definition.type, v: definition.v })}
      </p>
      <p className="inspector-prose">{definition.summary}</p>
      <NodeFormula page={page} />
      <PortDocs title={t("inspector.inputs")} ports={ports.inputs} />
      <PortDocs title={t("inspector.outputs")} ports={ports.outputs} />
      {definition.ports !== undefined && (
        <p className="inspector-note">{t("inspector.docs.portsFollow")}</p>
      )}
      <OperatorDocs definition={definition} given={given} />
      <Section title={t("inspector.docs.source")}>
        <p className="inspector-prose">{definition.source}</p>
        {versions.length > 1 && (
          <p className="inspector-note">
            {t("inspector.docs.versions", { versions: versions.join(", ") })}
          </p>
        )}
      </Section>
    </>
  );
}

function PortDocs({ title, ports }: { readonly title: string; readonly ports: Ports<InputPort> }) {
  const { t } = useTranslation();
  const rows = Object.entries(ports);
  if (rows.length === 0) return null;
  return (
    <Section title={title}>
      {rows.map(([name, port]) => (
        <div className="inspector-port" key={name}>
          <PortDot type={port} />
          <span className="inspector-name">{name}</span>
          <TypeText type={port} />
          {port.optional === true && (
            <span className="inspector-soft">{t("inspector.docs.optional")}</span>
          )}
        </div>
      ))}
    </Section>
  );
}
