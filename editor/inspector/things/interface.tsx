import { useTranslation } from "react-i18next";
import type { Slot } from "../../../runtime/graph/document.ts";
import { slotTypes } from "../../../runtime/graph/node-ports.ts";
import { useStudio } from "../../app/use-studio.ts";
import { standsIn } from "../../document/node-view.ts";
import { goTo } from "../go-to.ts";
import { PortDot } from "../parts/port-dot.tsx";
import { Section } from "../parts/section.tsx";
import { SlotNumber } from "./slot-number.tsx";

interface Props {
  /** "" for the graph, `blocks/NAME` for a block. */
  readonly root: string;
  readonly inputs: Readonly<Record<string, Slot>>;
  readonly outputs: Readonly<Record<string, string>>;
}

/** What goes into a graph or a block and what comes out, each to go to. */
export function Interface({ root, inputs, outputs }: Props) {
  const { t } = useTranslation();
  const studio = useStudio();
  const place = (group: string, name: string): string =>
    [...(root === "" ? [] : [root]), group, name].join("/");
  return (
    <Section title={t("inspector.document.interface")}>
      {Object.entries(inputs).map(([name, slot]) => (
        <div className="inspector-port" key={`@${name}`}>
          <PortDot type={slotTypes[slot.kind]} />
          <button
            type="button"
            className="inspector-ref inspector-link"
            title={slot.description}
            onClick={() => goTo(studio, place("inputs", name))}
          >
            {`@${name}`}
          </button>
          {typeof slot.default === "number" ? (
            <SlotNumber slotKey={place("inputs", name)} label={name} value={slot.default} />
          ) : (
            <span className="inspector-type">{standsIn(slot, studio.registry) ?? slot.kind}</span>
          )}
        </div>
      ))}
      {Object.entries(outputs).map(([name, ref]) => (
        <div className="inspector-port" key={`=${name}`}>
          <span className="inspector-dot" aria-hidden="true" />
          <button
            type="button"
            className="inspector-ref inspector-link"
            onClick={() => goTo(studio, place("outputs", name))}
          >
            {`${name} ⇥`}
          </button>
          <code className="inspector-type">{ref}</code>
        </div>
      ))}
    </Section>
  );
}
