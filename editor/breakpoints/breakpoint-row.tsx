import { Trash2 } from "lucide-react";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { conditionIssue } from "../../runtime/protocol/studio/breakpoints.ts";
import { useEditor, useRun, useStudio } from "../app/use-studio.ts";
import type { UiBreakpoint } from "../document/ui.ts";
import { goTo } from "../inspector/go-to.ts";
import { always, changeBreakpoint, removeBreakpoints } from "./edits.ts";
import { isInner, keyOfPlace, nameOfPlace } from "./places.ts";

/** A breakpoint of the list. */
export function BreakpointRow({ breakpoint }: { readonly breakpoint: UiBreakpoint }) {
  const { t } = useTranslation();
  const studio = useStudio();
  const { id, enabled, wire } = breakpoint;
  const name = nameOfPlace(breakpoint);
  const key = useEditor(({ history }) => keyOfPlace(history.present, breakpoint));
  const kind = useEditor(({ history }) =>
    wire === null ? "zone" : isInner(history.present, breakpoint) ? "inner" : "wire",
  );
  const isHit = useRun(({ pausedBy }) => pausedBy?.kind === "breakpoint" && pausedBy.id === id);
  const edit = (how: string, recipe: ReturnType<typeof changeBreakpoint>) =>
    studio.editor.actions.edit(
      { label: { key: `breakpoints.edits.${how}`, values: { names: name } } },
      recipe,
    );
  return (
    <li className="breakpoints-row" data-hit={isHit} data-enabled={enabled}>
      <input
        type="checkbox"
        checked={enabled}
        aria-label={t("breakpoints.enabled", { name })}
        onChange={({ target }) =>
          edit(target.checked ? "on" : "off", changeBreakpoint(id, { enabled: target.checked }))
        }
      />
      <button
        type="button"
        className="breakpoints-place"
        disabled={key === null}
        title={t(key === null ? "breakpoints.gone" : "breakpoints.go", { name })}
        onClick={() => key !== null && goTo(studio, key)}
      >
        <code translate="no">{name}</code>
        <span className="breakpoints-soft">{t(`breakpoints.kind.${kind}`)}</span>
        {key === null && <span className="breakpoints-bad">{t("breakpoints.gone")}</span>}
        {isHit && <span className="breakpoints-hit">{t("breakpoints.holds")}</span>}
      </button>
      <Condition
        key={breakpoint.condition}
        breakpoint={breakpoint}
        onChange={(condition) => edit("condition", changeBreakpoint(id, { condition }))}
      />
      <button
        type="button"
        className="breakpoints-icon"
        aria-label={t("breakpoints.remove", { name })}
        title={t("breakpoints.remove", { name })}
        onClick={() =>
          edit(
            "remove",
            removeBreakpoints((each) => each.id === id),
          )
        }
      >
        <Trash2 size={14} aria-hidden />
      </button>
    </li>
  );
}

interface ConditionProps {
  readonly breakpoint: UiBreakpoint;
  readonly onChange: (condition: string) => void;
}

/** When it holds; what cannot be read says why, and is not taken. */
function Condition({ breakpoint, onChange }: ConditionProps) {
  const { t } = useTranslation();
  const hint = useId();
  const before = breakpoint.condition === always ? "" : breakpoint.condition;
  const [text, setText] = useState(before);
  const condition = text.trim() === "" ? always : text.trim();
  const issue = conditionIssue({ ...breakpoint, condition });
  const take = () => {
    if (issue === null && condition !== breakpoint.condition) onChange(condition);
  };
  return (
    <div className="breakpoints-condition">
      <input
        value={text}
        aria-label={t("breakpoints.condition", { name: nameOfPlace(breakpoint) })}
        aria-invalid={issue !== null}
        aria-describedby={issue === null ? undefined : hint}
        placeholder={t("breakpoints.always")}
        spellCheck={false}
        onChange={({ target }) => setText(target.value)}
        onBlur={take}
        onKeyDown={(event) => {
          if (event.key === "Enter") take();
          if (event.key === "Escape") setText(before);
        }}
      />
      {issue !== null && (
        <p id={hint} className="breakpoints-bad" role="alert">
          {issue.message} {issue.fix}
        </p>
      )}
    </div>
  );
}
