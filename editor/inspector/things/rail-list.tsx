import { useTranslation } from "react-i18next";
import type { Zone } from "../../../runtime/graph/document.ts";
import type { PortView, RailView } from "../../document/view/view.ts";
import { Faults } from "../parts/faults.tsx";
import { PortDot } from "../parts/port-dot.tsx";
import { TypeText } from "../parts/port-type.tsx";
import { RefLink } from "../parts/ref-link.tsx";
import { Section } from "../parts/section.tsx";
import { useIssues } from "../parts/use-issues.ts";
import { RailActions } from "./rail-actions.tsx";
import { railKeyOf } from "../rail-key.ts";

interface Props {
  readonly zone: string;
  readonly node: Zone;
  readonly rails: readonly RailView[];
}

/** What a zone carries on, takes apart, collects and ends by. Counters have nothing to change. */
export function RailList({ zone, node, rails }: Props) {
  const { t } = useTranslation();
  const shown = rails.filter(({ kind }) => kind !== "counter");
  return (
    <Section title={t("inspector.rails")}>
      {shown.length === 0 && <p className="inspector-note">{t("inspector.rail.none")}</p>}
      {shown.map((rail) => (
        <Rail key={`${rail.kind} ${rail.name}`} zone={zone} node={node} rail={rail} />
      ))}
    </Section>
  );
}

interface RailProps {
  readonly zone: string;
  readonly node: Zone;
  readonly rail: RailView;
}

function Rail({ zone, node, rail }: RailProps) {
  const { t } = useTranslation();
  const key = railKeyOf(zone, rail);
  const issues = useIssues(key);
  return (
    <div className="inspector-rail" data-rail={rail.name}>
      <div className="inspector-rail-head">
        <PortDot type={rail.type} />
        <span className="inspector-rail-kind">{t(`inspector.rail.${rail.kind}`)}</span>
        <TypeText type={rail.type} />
      </div>
      <RailActions zone={zone} node={node} rail={rail} />
      <dl className="inspector-facts">
        {rail.init !== null && (
          <End
            title={t(rail.kind === "each" ? "inspector.rail.list" : "inspector.rail.init")}
            port={rail.init}
          />
        )}
        {rail.next.map((port, i) => (
          <End key={port.key} title={t(nextTitle(rail, i))} port={port} />
        ))}
      </dl>
      <Faults issues={issues} />
    </div>
  );
}

function nextTitle({ kind }: RailView, i: number): string {
  if (kind === "output") return i === 0 ? "inspector.rail.then" : "inspector.rail.else";
  return kind === "state" ? "inspector.rail.next" : "inspector.rail.reads";
}

function End({ title, port }: { readonly title: string; readonly port: PortView }) {
  const { t } = useTranslation();
  return (
    <>
      <dt>{title}</dt>
      <dd>
        {port.ref === null || port.ref === "" ? (
          <span className="inspector-soft">{t("inspector.wire.missing")}</span>
        ) : (
          <RefLink wire={port.key} text={port.ref} />
        )}
      </dd>
    </>
  );
}
