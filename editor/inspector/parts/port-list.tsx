import { Unplug } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useAnalysis, useStudio } from "../../app/use-studio.ts";
import type { PortView } from "../../document/view/view.ts";
import { disconnect } from "../../document/edits/connect.ts";
import { sourceKeyOf } from "../../document/wires.ts";
import { thingAt } from "../thing.ts";
import { Faults } from "./faults.tsx";
import { IconButton } from "./icon-button.tsx";
import { Name } from "./name.tsx";
import { PortDot } from "./port-dot.tsx";
import { TypeText } from "./port-type.tsx";
import { RefLink } from "./ref-link.tsx";
import { Section } from "./section.tsx";
import { ShapeText } from "./shape.tsx";
import { useIssues } from "./use-issues.ts";

/** The inputs of a thing, each with what it reads. Scalar params stand among the params. */
export function InputList({ ports }: { readonly ports: readonly PortView[] }) {
  const { t } = useTranslation();
  const shown = ports.filter(({ param }) => !param);
  if (shown.length === 0) return null;
  return (
    <Section title={t("inspector.inputs")}>
      {shown.map((port) => (
        <Input key={port.key} port={port} />
      ))}
    </Section>
  );
}

function Input({ port }: { readonly port: PortView }) {
  const { t } = useTranslation();
  const { editor } = useStudio();
  const issues = useIssues(port.key);
  const document = useAnalysis((analysis) => analysis.document);
  const wire = thingAt(document, port.key);
  const from = wire?.kind === "wire" ? wire.read.from : null;
  const cut = (): void => {
    const label = { key: "edits.disconnect" };
    editor.actions.edit({ label }, (draft) => disconnect(draft, [port.key]));
  };
  return (
    <div className="inspector-port">
      <PortDot type={port.type} />
      <Name of={port.label} />
      <span className="inspector-port-type">
        <TypeText type={port.type} />
        {from !== null && <ShapeText source={sourceKeyOf(from.source)} />}
      </span>
      <div className="inspector-port-ref">
        {port.ref === null || port.ref === "" ? (
          <span className="inspector-soft">
            {t(port.missing ? "inspector.wire.missing" : "inspector.wire.none")}
          </span>
        ) : (
          <RefLink wire={port.key} text={port.ref} />
        )}
      </div>
      {port.ref !== null && port.ref !== "" && (
        <IconButton
          icon={Unplug}
          label={t("inspector.disconnect", { name: port.name })}
          onClick={cut}
        />
      )}
      <Faults issues={issues} />
    </div>
  );
}
