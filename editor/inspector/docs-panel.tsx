import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useAnalysis, useEditor, useRun, useStudio } from "../app/use-studio.ts";
import { unreachable } from "../../runtime/base/unreachable.ts";
import { AboutDocs } from "./docs/about-docs.tsx";
import { NodeDocs } from "./docs/node-docs.tsx";
import { docsPage, type DocsPage } from "./docs/page.ts";
import { BlockDocs, ZoneDocs } from "./docs/zone-docs.tsx";
import { Section } from "./parts/section.tsx";
import "./inspector.css";

/** What the selected thing is, does and comes from; of the graph itself where nothing is selected. */
export function DocsPanel() {
  const { t } = useTranslation();
  const { registry } = useStudio();
  const selection = useEditor((state) => state.selection);
  const analysis = useAnalysis((now) => now);
  const page = useMemo(
    () => docsPage(selection, analysis, registry),
    [selection, analysis, registry],
  );
  return (
    <div className="inspector inspector-docs" role="region" aria-label={t("inspector.docs.label")}>
      <Page page={page} />
    </div>
  );
}

function Page({ page }: { readonly page: DocsPage }) {
  switch (page.kind) {
    case "node":
      return <NodeDocs page={page} />;
    case "zone":
      return <ZoneDocs page={page} />;
    case "block":
      return <BlockDocs name={page.name} block={page.block} />;
    case "graph":
      return <GraphDocs />;
    default:
      return unreachable(page);
  }
}

function GraphDocs() {
  const document = useEditor(({ history }) => history.present);
  return (
    <>
      <h2 className="inspector-docs-title">{document.name}</h2>
      <AboutDocs about={document.about ?? {}} />
      <RunCost />
    </>
  );
}

/** What the last run cost, counted and not estimated. */
function RunCost() {
  const { t } = useTranslation();
  const nfe = useRun((run) => run.nfe);
  const vjpCalls = useRun((run) => run.vjpCalls);
  const elapsedMs = useRun((run) => run.elapsedMs);
  const chosen = useRun((run) => run.chosen);
  if (nfe + vjpCalls + elapsedMs === 0) return null;
  return (
    <Section title={t("inspector.docs.cost")}>
      <dl className="inspector-facts">
        <dt>{t("inspector.docs.nfe")}</dt>
        <dd>{nfe}</dd>
        <dt>{t("inspector.docs.vjps")}</dt>
        <dd>{vjpCalls}</dd>
        <dt>{t("inspector.docs.time")}</dt>
        <dd>
          {t("inspector.docs.seconds", { seconds: Number((elapsedMs / 1000).toPrecision(3)) })}
        </dd>
        {chosen !== null && (
          <>
            <dt>{t("inspector.docs.on")}</dt>
            <dd>{chosen}</dd>
          </>
        )}
      </dl>
    </Section>
  );
}
