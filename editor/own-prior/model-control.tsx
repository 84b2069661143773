import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useStudio } from "../app/use-studio.ts";
import type { ControlProps } from "../inspector/controls/control.ts";
import { TextControl } from "../inspector/controls/simple-controls.tsx";
import { useModels } from "./use-models.ts";

// none is a file name
const other = "/other";
const add = "/add";

/** Names a model: a shipped one, one of the user's own, or any other by its name. */
export function ModelControl(props: ControlProps) {
  const { field, value, label, faulty, describedBy, isFallback, onChange, onEnd } = props;
  const { t } = useTranslation();
  const { view } = useStudio();
  const { shipped, own } = useModels();
  const [isTyped, setTyped] = useState(false);
  const name = typeof value === "string" ? value : "";
  if (isTyped && field.kind === "text") return <TextControl {...props} field={field} />;
  const choose = (chosen: string): void => {
    if (chosen === other) return setTyped(true);
    if (chosen === add) return view.setState({ dialog: "own-prior" });
    onChange(chosen);
    onEnd();
  };
  return (
    <select
      className="inspector-select"
      value={name}
      aria-label={label}
      aria-invalid={faulty}
      aria-describedby={describedBy}
      data-fallback={isFallback}
      onChange={({ currentTarget }) => choose(currentTarget.value)}
    >
      {![...shipped, ...own].includes(name) && (
        <option value={name}>{name === "" ? t("inspector.unset") : name}</option>
      )}
      <Group label={t("priors.list.shipped")} names={shipped} />
      <Group label={t("priors.list.own")} names={own} />
      <option value={other}>{t("priors.list.other")}</option>
      <option value={add}>{t("priors.list.add")}</option>
    </select>
  );
}

interface GroupProps {
  readonly label: string;
  readonly names: readonly string[];
}

function Group({ label, names }: GroupProps) {
  if (names.length === 0) return null;
  return (
    <optgroup label={label}>
      {names.map((name) => (
        <option key={name}>{name}</option>
      ))}
    </optgroup>
  );
}
