import { own } from "../../../runtime/graph/own.ts";
import { Unplug } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useAnalysis, useRun, useStudio } from "../../app/use-studio.ts";
import type { Resolved } from "../../../runtime/graph/resolve.ts";
import { ownerKeyOf, sourceKeyOf } from "../../document/wires.ts";
import { disconnect } from "../../document/edits/connect.ts";
import { goTo } from "../go-to.ts";
import { Faults } from "../parts/faults.tsx";
import { ProbeButton, Readers } from "../parts/output-list.tsx";
import { PortDot } from "../parts/port-dot.tsx";
import { TypeText } from "../parts/port-type.tsx";
import { Section } from "../parts/section.tsx";
import { useIssues } from "../parts/use-issues.ts";
import { isProbeable } from "../parts/type-text.ts";
import type { Thing } from "../thing.ts";
import { wireNameOf } from "../../document/wire-name.ts";
import { TrackFacts } from "./track-facts.tsx";

/** A wire: what it carries, where from and where to, and what can be done with it. */
export function WirePanel({ thing }: { readonly thing: Extract<Thing, { kind: "wire" }> }) {
  const { t } = useTranslation();
  const studio = useStudio();
  const issues = useIssues(thing.key);
  const types = useAnalysis((analysis) => analysis.types);
  const { ref, target, from, key } = thing.read;
  const type = from === null ? null : types.typeOf(from);
  const end = (place: string, text: string) => (
    <button
      type="button"
      className="inspector-ref inspector-link"
      onClick={() => goTo(studio, place)}
    >
      {text}
    </button>
  );
  const cut = (): void => {
    studio.editor.actions.edit({ label: { key: "edits.disconnect" } }, (draft) =>
      disconnect(draft, [key]),
    );
    studio.editor.actions.select([target]);
  };
  return (
    <>
      <div className="inspector-header">
        <span className="inspector-symbol">
          <PortDot type={type} />
        </span>
        <div className="inspector-heading">
          <h2 className="inspector-code-title">{ref}</h2>
          <p className="inspector-kind">{t("inspector.wire.title")}</p>
        </div>
      </div>
      <Faults issues={issues} />
      <Section title={t("inspector.wire.carries")}>
        <dl className="inspector-facts">
          <dt>{t("inspector.wire.type")}</dt>
          <dd>
            <TypeText type={type} />
          </dd>
          <dt>{t("inspector.wire.from")}</dt>
          <dd>{from === null ? <code>{ref}</code> : end(ownerKeyOf(from.source), ref)}</dd>
          <dt>{t("inspector.wire.to")}</dt>
          <dd>{end(target, placeText(key))}</dd>
        </dl>
      </Section>
      {from !== null && <SourceFacts from={from} isProbeable={isProbeable(type)} />}
      <div className="inspector-buttons">
        <button type="button" className="inspector-button" onClick={cut}>
          <Unplug size={14} aria-hidden="true" />
          {t("inspector.wire.disconnect")}
        </button>
      </div>
    </>
  );
}

/** `anneal/denoise · in/x`: the place without the words of the file format around it. */
const placeText = (key: string): string =>
  key
    .split("/")
    .filter((part) => !["graph", "body", "in"].includes(part))
    .join(" ▸ ");

function SourceFacts({
  from,
  isProbeable,
}: {
  readonly from: Resolved;
  readonly isProbeable: boolean;
}) {
  const { t } = useTranslation();
  const source = sourceKeyOf(from.source);
  const wire = wireNameOf(source);
  const track = useRun(({ tracks }) => own(tracks, wire ?? ""));
  return (
    <>
      <Section
        title={t("inspector.wire.seen")}
        aside={wire !== null && isProbeable && <ProbeButton wire={wire} />}
      >
        {track === undefined ? (
          <p className="inspector-note">
            {t(wire !== null && isProbeable ? "inspector.wire.unseen" : "inspector.wire.unwatched")}
          </p>
        ) : (
          <TrackFacts track={track} />
        )}
      </Section>
      <Section title={t("inspector.wire.readers")}>
        <Readers source={source} />
      </Section>
    </>
  );
}
