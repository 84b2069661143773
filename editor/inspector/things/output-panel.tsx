import { useTranslation } from "react-i18next";
import { useAnalysis, useRun, useStudio } from "../../app/use-studio.ts";
import { outputView } from "../../document/node-view.ts";
import { Faults } from "../parts/faults.tsx";
import { TypeText } from "../parts/port-type.tsx";
import { RefLink } from "../parts/ref-link.tsx";
import { Section } from "../parts/section.tsx";
import { useIssues } from "../parts/use-issues.ts";
import type { Thing } from "../thing.ts";
import { ThingHeader } from "./header.tsx";

/** What comes out of the graph or of a block: where it is read, and its number once a run has given one. */
export function OutputPanel({ thing }: { readonly thing: Extract<Thing, { kind: "output" }> }) {
  const { t } = useTranslation();
  const { registry } = useStudio();
  const analysis = useAnalysis((now) => now);
  const issues = useIssues(thing.key);
  const { key, name, scope, ref } = thing;
  const number = useRun(({ numbers }) => numbers[name]);
  const view = outputView(scope, name, analysis, registry);
  return (
    <>
      <ThingHeader
        symbol={view?.symbol ?? ""}
        family="output"
        title={name}
        kind={t(scope.block === null ? "inspector.output.graph" : "inspector.output.block", {
          block: scope.block,
        })}
        rename={key}
      />
      <Faults issues={issues} />
      <Section title={t("inspector.wire.carries")}>
        <dl className="inspector-facts">
          <dt>{t("inspector.wire.from")}</dt>
          <dd>
            <RefLink wire={key} text={ref} />
          </dd>
          <dt>{t("inspector.wire.type")}</dt>
          <dd>
            <TypeText type={analysis.types.typeOfRef(scope, ref)} />
          </dd>
          {scope.block === null && number !== undefined && (
            <>
              <dt>{t("inspector.output.value")}</dt>
              <dd>{Number(number.toPrecision(6))}</dd>
            </>
          )}
        </dl>
      </Section>
    </>
  );
}
