import { ArrowDown, ArrowUp, Pencil, Trash2, type LucideIcon } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useEditor, useStudio } from "../app/use-studio.ts";
import { forgetView, moveView, renameView } from "../document/edits/views.ts";
import type { Recipe } from "../document/history.ts";
import { uiOf, type UiView } from "../document/ui.ts";

/** The views that the file keeps, in their order: shown, renamed, put elsewhere, forgotten. */
export function KeptViews({ onShown }: { readonly onShown: () => void }) {
  const { t } = useTranslation();
  const { editor, view } = useStudio();
  const views = useEditor(({ history }) => uiOf(history.present).views);
  if (views.length === 0) return <p className="canvas-views-none">{t("canvas.views.none")}</p>;
  const show = ({ scope, at, size }: UiView): void => {
    if (editor.getState().scope !== scope) editor.actions.dive(scope);
    view.setState({ camera: { at, size } });
    onShown();
  };
  return (
    <ul className="canvas-views-list">
      {views.map((kept, i) => (
        <KeptView
          key={kept.name}
          name={kept.name}
          isFirst={i === 0}
          isLast={i === views.length - 1}
          onShow={() => show(kept)}
        />
      ))}
    </ul>
  );
}

interface RowProps {
  readonly name: string;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly onShow: () => void;
}

function KeptView({ name, isFirst, isLast, onShow }: RowProps) {
  const { editor } = useStudio();
  const [isNamed, setNamed] = useState(false);
  const edit = (what: string, recipe: Recipe, values = {}): void =>
    editor.actions.edit(
      { label: { key: `canvas.views.${what}`, values: { name, ...values } } },
      recipe,
    );
  const act = { name, edit };
  if (isNamed) return <NameField {...act} onEnd={() => setNamed(false)} />;
  return (
    <li>
      <button type="button" className="canvas-views-show" title={name} onClick={onShow}>
        {name}
      </button>
      <Act {...act} what="rename" icon={Pencil} onClick={() => setNamed(true)} />
      <Act
        {...act}
        what="earlier"
        icon={ArrowUp}
        disabled={isFirst}
        onClick={() => edit("earlier", (draft) => moveView(draft, name, -1))}
      />
      <Act
        {...act}
        what="later"
        icon={ArrowDown}
        disabled={isLast}
        onClick={() => edit("later", (draft) => moveView(draft, name, 1))}
      />
      <Act
        {...act}
        what="forget"
        icon={Trash2}
        onClick={() => edit("forget", (draft) => forgetView(draft, name))}
      />
    </li>
  );
}

interface ActProps {
  readonly name: string;
  readonly what: "rename" | "earlier" | "later" | "forget";
  readonly icon: LucideIcon;
  readonly disabled?: boolean;
  readonly onClick: () => void;
}

function Act({ name, what, icon: Icon, disabled = false, onClick }: ActProps) {
  const { t } = useTranslation();
  const title = t(`canvas.views.${what}`, { name });
  return (
    <button
      type="button"
      className="app-icon-button"
      aria-label={title}
      title={title}
      aria-disabled={disabled}
      onClick={({ currentTarget }) => {
        if (disabled) return;
        onClick();
        // a row that moves loses the keyboard
        requestAnimationFrame(() => currentTarget.focus());
      }}
    >
      <Icon size={14} />
    </button>
  );
}

interface FieldProps {
  readonly name: string;
  readonly edit: (what: string, recipe: Recipe, values?: Readonly<Record<string, string>>) => void;
  readonly onEnd: () => void;
}

/** The name, to be written over: Enter takes it, Escape leaves it as it was. */
function NameField({ name, edit, onEnd }: FieldProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(name);
  const take = (): void => {
    const to = text.trim();
    if (to !== "" && to !== name) edit("renamed", (draft) => renameView(draft, name, to), { to });
    onEnd();
  };
  return (
    <li>
      <input
        className="canvas-views-name"
        value={text}
        maxLength={200}
        aria-label={t("canvas.views.rename", { name })}
        ref={(input) => input?.focus()}
        onFocus={({ target }) => target.select()}
        onChange={({ target }) => setText(target.value)}
        onBlur={take}
        onKeyDown={({ key }) => {
          if (key === "Enter") take();
          if (key === "Escape") onEnd();
        }}
      />
    </li>
  );
}
