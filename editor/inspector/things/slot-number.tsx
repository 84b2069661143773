import { useId, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAnalysis, useStudio } from "../../app/use-studio.ts";
import { idOf, type Key } from "../../document/keys.ts";
import { NumberControl } from "../controls/number-control.tsx";
import { setSlot } from "../edits/set-slot.ts";
import { slotField } from "../fields/slot-field.ts";
import { Faults } from "../parts/faults.tsx";

interface Props {
  readonly slotKey: Key;
  readonly label: string;
  readonly value: number;
}

/**
 * The number that stands in an input, in the steps and the range of what reads it. What is no number stays in the field,
 * with the reason under it, and out of the file.
 */
export function SlotNumber({ slotKey, label, value }: Props) {
  const { t } = useTranslation();
  const { editor, registry } = useStudio();
  const id = useId();
  const [refused, setRefused] = useState<unknown>(null);
  const document = useAnalysis((analysis) => analysis.document);
  const field = useMemo(
    () => slotField(document, registry, slotKey),
    [document, registry, slotKey],
  );
  const set = (next: unknown): void => {
    setRefused(typeof next === "string" ? next : null);
    if (typeof next !== "number") return;
    const message = { key: "inspector.edits.slot", values: { name: idOf(slotKey) } };
    editor.actions.edit(
      { label: message, gesture: `slot:${slotKey}:default` },
      setSlot(slotKey, "default", next),
    );
  };
  return (
    <>
      <NumberControl
        field={field}
        label={label}
        value={refused ?? value}
        fallback={value}
        faulty={refused !== null}
        describedBy={refused === null ? undefined : id}
        onChange={set}
        onEnd={() => editor.actions.endGesture()}
        onCancel={() => setRefused(null)}
      />
      <Faults
        id={id}
        issues={[]}
        refused={refused === null ? null : t("inspector.number.unread", { text: refused })}
      />
    </>
  );
}
