import { useTranslation } from "react-i18next";
import type { About } from "../../../runtime/graph/document.ts";
import { Markdown } from "../markdown.tsx";
import { Section } from "../parts/section.tsx";

/** What a graph or a block says about itself; strangers' words, so nothing in them is trusted. */
export function AboutDocs({ about }: { readonly about: About }) {
  const { t } = useTranslation();
  const { summary, paper, equations, departures = [] } = about;
  const isSilent =
    [summary, paper, equations].every((text) => text === undefined || text === "") &&
    departures.length === 0;
  if (isSilent) return <p className="inspector-note">{t("inspector.docs.silent")}</p>;
  return (
    <>
      {summary !== undefined && summary !== "" && (
        <div className="inspector-prose">
          <Markdown text={summary} />
        </div>
      )}
      <Part title={t("inspector.document.paper")} text={paper} />
      <Part title={t("inspector.document.equations")} text={equations} />
      {departures.length > 0 && (
        <Section title={t("inspector.document.departures")}>
          <ul className="inspector-departures">
            {departures.map((text) => (
              <li key={text}>
                <Markdown text={text} inline />
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}

function Part({ title, text }: { readonly title: string; readonly text: string | undefined }) {
  if (text === undefined || text === "") return null;
  return (
    <Section title={title}>
      <Markdown text={text} />
    </Section>
  );
}
