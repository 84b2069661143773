import { useTranslation } from "react-i18next";
import type { Block } from "../../../runtime/graph/document.ts";
import { slotTypes } from "../../../runtime/graph/node-ports.ts";
import { Markdown } from "../markdown.tsx";
import { PortDot } from "../parts/port-dot.tsx";
import { Section } from "../parts/section.tsx";
import type { DocsPage } from "./page.ts";
import { AboutDocs } from "./about-docs.tsx";

/** A kind of zone, as the command line tells of it. */
export function ZoneDocs({
  page: { page, type },
}: {
  readonly page: Extract<DocsPage, { kind: "zone" }>;
}) {
  const { t } = useTranslation();
  return (
    <>
      <h2 className="inspector-docs-title">{page.title}</h2>
      <p className="inspector-kind">{type}</p>
      <p className="inspector-prose">{page.summary}</p>
      <Rows title={t("inspector.inputs")} rows={page.inputs} />
      <Rows title={t("inspector.outputs")} rows={page.outputs} />
      <Rows title={t("inspector.params")} rows={page.params} />
      <Rows title={t("inspector.rails")} rows={page.fields} />
      <Rows title={t("inspector.docs.names")} rows={page.names} />
    </>
  );
}

function Rows({
  title,
  rows,
}: {
  readonly title: string;
  readonly rows: Readonly<Record<string, string>>;
}) {
  const entries = Object.entries(rows);
  if (entries.length === 0) return null;
  return (
    <Section title={title}>
      <dl className="inspector-rows">
        {entries.map(([name, text]) => (
          <div key={name}>
            <dt>
              <code>{name}</code>
            </dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

/** A block: what it says of itself, and its interface. */
export function BlockDocs({ name, block }: { readonly name: string; readonly block: Block }) {
  const { t } = useTranslation();
  return (
    <>
      <h2 className="inspector-docs-title">{block.name ?? name}</h2>
      <p className="inspector-kind">{t("inspector.document.block")}</p>
      <AboutDocs about={block.about ?? {}} />
      <Section title={t("inspector.inputs")}>
        {Object.entries(block.inputs).map(([slot, { kind, description }]) => (
          <div className="inspector-port" key={slot}>
            <PortDot type={slotTypes[kind]} />
            <span className="inspector-name">{slot}</span>
            <span className="inspector-type">{kind}</span>
            {description !== undefined && (
              <div className="inspector-port-ref">
                <Markdown text={description} inline />
              </div>
            )}
          </div>
        ))}
      </Section>
    </>
  );
}
