import { useTranslation } from "react-i18next";
import type { Slot } from "../../../runtime/graph/document.ts";
import { slotKinds } from "../../../runtime/graph/document.ts";
import { useStudio } from "../../app/use-studio.ts";
import { slotView } from "../../document/node-view.ts";
import { BooleanControl, ChoiceControl } from "../controls/simple-controls.tsx";
import { setSlot } from "../edits/set-slot.ts";
import { Faults } from "../parts/faults.tsx";
import { Name } from "../parts/name.tsx";
import { Readers } from "../parts/output-list.tsx";
import { Section } from "../parts/section.tsx";
import { TextField } from "../parts/text-field.tsx";
import { useIssues } from "../parts/use-issues.ts";
import type { Thing } from "../thing.ts";
import { ThingHeader } from "./header.tsx";
import { SlotDefault } from "./slot-default.tsx";

/** An input of the graph or of a block: what may come in, and what stands there while nothing does. */
export function SlotPanel({ thing }: { readonly thing: Extract<Thing, { kind: "slot" }> }) {
  const { t } = useTranslation();
  const { editor, registry } = useStudio();
  const issues = useIssues(thing.key).filter(({ at }) => !(at.path ?? []).includes("default"));
  const { key, name, slot, scope } = thing;
  const set = (field: keyof Slot, value: unknown): void =>
    editor.actions.edit(
      { label: { key: "inspector.edits.slot", values: { name } }, gesture: `slot:${key}:${field}` },
      setSlot(key, field, value),
    );
  const end = (): void => editor.actions.endGesture();
  const view = slotView(scope, name, registry);
  return (
    <>
      <ThingHeader
        symbol={view?.symbol ?? ""}
        family="slot"
        title={name}
        kind={t(scope.block === null ? "inspector.slot.graph" : "inspector.slot.block", {
          block: scope.block,
        })}
        rename={key}
      />
      <Faults issues={issues} />
      <Section title={t("inspector.slot.what")}>
        <div className="inspector-row">
          <Name of={t("inspector.slot.kind")} />
          <ChoiceControl
            field={{ kind: "choice", values: slotKinds }}
            label={t("inspector.slot.kind")}
            value={slot.kind}
            onChange={(kind) => set("kind", kind)}
            onEnd={end}
          />
        </div>
        <div className="inspector-row">
          <Name of={t("inspector.slot.optional")} />
          <BooleanControl
            field={{ kind: "boolean" }}
            label={t("inspector.slot.optional")}
            value={slot.optional === true}
            onChange={(optional) => set("optional", optional === true ? true : undefined)}
            onEnd={end}
          />
        </div>
        <div className="inspector-row" data-wide="true">
          <Name of={t("inspector.slot.description")} />
          <TextField
            label={t("inspector.slot.description")}
            value={slot.description ?? ""}
            lines={2}
            onChange={(text) => set("description", text === "" ? undefined : text)}
            onEnd={end}
          />
        </div>
      </Section>
      <SlotDefault slotKey={key} slot={slot} onSet={(value) => set("default", value)} onEnd={end} />
      <Section title={t("inspector.wire.readers")}>
        <Readers source={`${key}/out`} />
      </Section>
    </>
  );
}
