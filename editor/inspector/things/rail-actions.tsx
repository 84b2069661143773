import { X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { isLoop, type Zone } from "../../../runtime/graph/document.ts";
import { own } from "../../../runtime/graph/own.ts";
import { useStudio } from "../../app/use-studio.ts";
import { removeRail, setDepth, setEnd } from "../../document/edits/rails.ts";
import type { Key } from "../../document/keys.ts";
import type { RailView } from "../../document/view/view.ts";
import { IconButton } from "../parts/icon-button.tsx";
import { IdField } from "../parts/id-field.tsx";
import { railKeyOf } from "../rail-key.ts";

interface Props {
  readonly zone: Key;
  readonly node: Zone;
  readonly rail: RailView;
}

/** The name of a rail, how much of it is kept, and its end. */
export function RailActions({ zone, node, rail }: Props) {
  const { t } = useTranslation();
  const { editor } = useStudio();
  const { kind, name } = rail;
  const key = railKeyOf(zone, rail);
  const isNamed = kind === "state" || kind === "each" || kind === "scan" || kind === "output";
  const remove = (): void =>
    editor.actions.edit(
      { label: { key: "inspector.edits.removeRail", values: { name } } },
      (draft) => (kind === "stop" ? setEnd(draft, zone, null) : removeRail(draft, key)),
    );
  return (
    <div className="inspector-rail-edit">
      {isNamed ? <IdField of={key} select={zone} /> : <code>{name}</code>}
      {kind === "state" && isLoop(node) && (
        <Depth state={key} name={name} depth={own(node.states, name)?.depth ?? 1} />
      )}
      {kind !== "while" && (
        <IconButton icon={X} label={t("inspector.remove", { name })} onClick={remove} />
      )}
    </div>
  );
}

const depths = [1, 2, 3] as const;

/** How many iterations of a state are kept: what multistep solvers read. */
function Depth({
  state,
  name,
  depth,
}: {
  readonly state: Key;
  readonly name: string;
  readonly depth: number;
}) {
  const { t } = useTranslation();
  const { editor } = useStudio();
  return (
    <select
      className="inspector-select inspector-depth"
      aria-label={t("inspector.rail.depthOf", { name })}
      title={t("inspector.rail.depthOf", { name })}
      value={depth}
      onChange={({ currentTarget }) => {
        const next = depths.find((each) => each === Number(currentTarget.value)) ?? 1;
        editor.actions.edit(
          { label: { key: "edits.depth", values: { name, depth: next } } },
          (draft) => setDepth(draft, state, next),
        );
      }}
    >
      {depths.map((each) => (
        <option key={each} value={each}>
          {t("inspector.rail.depth", { count: each })}
        </option>
      ))}
    </select>
  );
}
