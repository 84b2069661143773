import { Activity } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useAnalysis, useEditor, useStudio } from "../../app/use-studio.ts";
import { readersOf } from "../../document/reads.ts";
import { uiOf } from "../../document/ui.ts";
import type { PortView } from "../../document/view/view.ts";
import { toggleProbe } from "../../document/edits/toggle-probe.ts";
import { wireNameOf } from "../../document/wire-name.ts";
import { goTo } from "../go-to.ts";
import { IconButton } from "./icon-button.tsx";
import { Name } from "./name.tsx";
import { PortDot } from "./port-dot.tsx";
import { TypeText } from "./port-type.tsx";
import { isProbeable } from "./type-text.ts";
import { Section } from "./section.tsx";
import { ShapeText } from "./shape.tsx";

/** What comes out of a thing: its type, its shape once a run has shown it, who reads it, and a probe. */
export function OutputList({ ports }: { readonly ports: readonly PortView[] }) {
  const { t } = useTranslation();
  if (ports.length === 0) return null;
  return (
    <Section title={t("inspector.outputs")}>
      {ports.map((port) => (
        <Output key={port.key} port={port} />
      ))}
    </Section>
  );
}

function Output({ port }: { readonly port: PortView }) {
  const wire = wireNameOf(port.key);
  return (
    <div className="inspector-port">
      <PortDot type={port.type} />
      <Name of={port.label} />
      <span className="inspector-port-type">
        <TypeText type={port.type} />
        <ShapeText source={port.key} />
      </span>
      <Readers source={port.key} />
      {wire !== null && isProbeable(port.type) && <ProbeButton wire={wire} />}
    </div>
  );
}

/** Who reads a source, each to go to. */
export function Readers({ source }: { readonly source: string }) {
  const { t } = useTranslation();
  const studio = useStudio();
  const document = useAnalysis((analysis) => analysis.document);
  const readers = readersOf(document).get(source) ?? [];
  const shown = readers.slice(0, mostShown);
  return (
    <div className="inspector-port-ref">
      {readers.length === 0 && <span className="inspector-soft">{t("inspector.wire.unread")}</span>}
      {shown.map(({ key, target }) => (
        <button
          key={key}
          type="button"
          className="inspector-ref inspector-link"
          title={t("inspector.goTo", { name: key })}
          onClick={() => goTo(studio, target)}
        >
          {readerName(key, target)}
        </button>
      ))}
      {readers.length > mostShown && (
        <span className="inspector-soft">
          {t("inspector.wire.more", { count: readers.length - mostShown })}
        </span>
      )}
    </div>
  );
}

const mostShown = 6;

/** `euler.x`: the id of what reads, and the port. */
function readerName(key: string, target: string): string {
  const id = target.split("/").at(-1) ?? "";
  const port = key
    .slice(target.length + 1)
    .split("/")
    .findLast((part) => part !== "next" && part !== "init");
  return port === undefined || port === "" ? id : `${id}.${port}`;
}

/** Starts or stops watching a wire. */
export function ProbeButton({ wire }: { readonly wire: string }) {
  const { t } = useTranslation();
  const { editor } = useStudio();
  const isOn = useEditor(({ history }) => uiOf(history.present).probes.includes(wire));
  return (
    <IconButton
      icon={Activity}
      pressed={isOn}
      label={t(isOn ? "inspector.probe.stop" : "inspector.probe.start", { wire })}
      onClick={() => {
        const key = isOn ? "inspector.edits.unprobe" : "inspector.edits.probe";
        editor.actions.edit({ label: { key, values: { wire } } }, toggleProbe(wire));
      }}
    />
  );
}
