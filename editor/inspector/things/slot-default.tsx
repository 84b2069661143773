import { useTranslation } from "react-i18next";
import type { Registry } from "../../../runtime/graph/define-node.ts";
import type { Slot } from "../../../runtime/graph/document.ts";
import { useIssues } from "../parts/use-issues.ts";
import { useStudio } from "../../app/use-studio.ts";
import { ParamForm } from "../params/param-form.tsx";
import { Faults } from "../parts/faults.tsx";
import { Name } from "../parts/name.tsx";
import { Section } from "../parts/section.tsx";
import { TextField } from "../parts/text-field.tsx";
import { defaultTypes, takesFile } from "../slot-defaults.ts";
import { SlotNumber } from "./slot-number.tsx";

interface Props {
  readonly slotKey: string;
  readonly slot: Slot;
  /** Undefined leaves the slot without a default. */
  readonly onSet: (value: unknown) => void;
  readonly onEnd: () => void;
}

/** What stands in a slot while nothing else is given: a number, a file, or a node with its own params. */
export function SlotDefault({ slotKey, slot, onSet, onEnd }: Props) {
  const { t } = useTranslation();
  const { registry } = useStudio();
  const key = `${slotKey}/default`;
  const issues = useIssues(key).filter(({ at }) => !(at.path ?? []).includes("params"));
  const value = slot.default;
  const node = typeof value === "object" && "type" in value ? value : null;
  const types = defaultTypes(registry, slot.kind);
  const choose = (chosen: string): void => {
    onSet(startOf(chosen, registry));
    onEnd();
  };
  const definition = node === null ? undefined : registry.find(node.type, node.v);
  return (
    <>
      <Section title={t("inspector.slot.default")}>
        <div className="inspector-row">
          <Name of={t("inspector.slot.stands")} />
          <select
            className="inspector-select"
            aria-label={t("inspector.slot.stands")}
            value={chosenOf(value)}
            onChange={({ currentTarget }) => choose(currentTarget.value)}
          >
            <option value="">{t("inspector.slot.nothing")}</option>
            {slot.kind === "scalar" && (
              <option value={number}>{t("inspector.kinds.number")}</option>
            )}
            {takesFile(slot.kind) && <option value={file}>{t("inspector.slot.file")}</option>}
            {node !== null && !types.some(({ type }) => type === node.type) && (
              <option value={node.type}>{node.type}</option>
            )}
            {types.map(({ type, title }) => (
              <option key={type} value={type}>
                {title}
              </option>
            ))}
          </select>
        </div>
        <PlainDefault slotKey={slotKey} value={value} onSet={onSet} onEnd={onEnd} />
        <Faults issues={issues} />
      </Section>
      {node !== null && definition !== undefined && (
        <ParamForm
          key={node.type}
          host={{ key, shapes: definition, given: node.params ?? {}, wires: {}, scope: null }}
        />
      )}
    </>
  );
}

interface PlainProps extends Pick<Props, "slotKey" | "onSet" | "onEnd"> {
  readonly value: Slot["default"];
}

/** A default that is no node. */
function PlainDefault({ slotKey, value, onSet, onEnd }: PlainProps) {
  const { t } = useTranslation();
  if (typeof value === "number")
    return (
      <div className="inspector-row">
        <Name of={t("inspector.output.value")} />
        <SlotNumber slotKey={slotKey} label={t("inspector.output.value")} value={value} />
      </div>
    );
  if (value === undefined || !("asset" in value)) return null;
  return (
    <div className="inspector-row">
      <Name of={t("inspector.slot.file")} />
      <TextField
        label={t("inspector.slot.file")}
        value={value.asset}
        onChange={(asset) => onSet({ asset })}
        onEnd={onEnd}
      />
    </div>
  );
}

/** Node types have a slash in them. */
const number = "number";
const file = "file";

function chosenOf(value: Slot["default"]): string {
  if (value === undefined) return "";
  if (typeof value === "number") return number;
  return "asset" in value ? file : value.type;
}

/** What a default of a kind begins as. */
function startOf(chosen: string, registry: Registry): Slot["default"] {
  if (chosen === number) return 0;
  if (chosen === file) return { asset: "" };
  const [latest] = registry.versions(chosen);
  return latest === undefined ? undefined : { type: chosen, v: latest.v };
}
