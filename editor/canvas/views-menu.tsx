import { useReactFlow } from "@xyflow/react";
import { Bookmark, Trash2 } from "lucide-react";
import { Popover } from "radix-ui";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useEditor, useStudio } from "../app/use-studio.ts";
import { forgetView, keepView } from "../document/edits/views.ts";
import type { Point, UiView } from "../document/ui.ts";
import { uiOf } from "../document/ui.ts";

/** Parts of the canvas to come back to: the file keeps them. */
export function ViewsMenu() {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover.Root open={isOpen} onOpenChange={setOpen}>
      <Popover.Trigger
        className="app-icon-button"
        aria-label={t("canvas.views.title")}
        title={t("canvas.views.title")}
      >
        <Bookmark size={15} />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="canvas-views"
          side="top"
          align="start"
          sideOffset={8}
          collisionPadding={12}
          aria-label={t("canvas.views.title")}
        >
          <KeptViews onShown={() => setOpen(false)} />
          <KeepView />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function KeptViews({ onShown }: { readonly onShown: () => void }) {
  const { t } = useTranslation();
  const { editor, view } = useStudio();
  const views = useEditor(({ history }) => uiOf(history.present).views);
  if (views.length === 0) return <p className="canvas-views-none">{t("canvas.views.none")}</p>;
  const show = ({ scope, at, size }: UiView): void => {
    if (editor.getState().scope !== scope) editor.actions.dive(scope);
    view.setState({ camera: { at, size } });
    onShown();
  };
  const forget = (name: string): void =>
    editor.actions.edit({ label: { key: "canvas.views.forget", values: { name } } }, (draft) =>
      forgetView(draft, name),
    );
  return (
    <ul className="canvas-views-list">
      {views.map((kept) => (
        <li key={kept.name}>
          <button type="button" className="canvas-views-show" onClick={() => show(kept)}>
            {kept.name}
          </button>
          <button
            type="button"
            className="app-icon-button"
            aria-label={t("canvas.views.forget", { name: kept.name })}
            title={t("canvas.views.forget", { name: kept.name })}
            onClick={() => forget(kept.name)}
          >
            <Trash2 size={14} />
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Keeps what the canvas shows now under a name. */
function KeepView() {
  const { t } = useTranslation();
  const { editor } = useStudio();
  const { screenToFlowPosition } = useReactFlow();
  const [name, setName] = useState("");
  const keep = (): void => {
    const box = document.querySelector(".canvas")?.getBoundingClientRect();
    if (box === undefined || name.trim() === "") return;
    const from = screenToFlowPosition({ x: box.left, y: box.top }, { snapToGrid: false });
    const to = screenToFlowPosition({ x: box.right, y: box.bottom }, { snapToGrid: false });
    const at: Point = [from.x, from.y];
    const size: Point = [to.x - from.x, to.y - from.y];
    const { scope } = editor.getState();
    editor.actions.edit(
      { label: { key: "canvas.views.kept", values: { name: name.trim() } } },
      (draft) => keepView(draft, { name: name.trim(), scope, at, size }),
    );
    setName("");
  };
  return (
    <form
      className="canvas-views-keep"
      onSubmit={(event) => {
        event.preventDefault();
        keep();
      }}
    >
      <input
        value={name}
        onChange={(event) => setName(event.target.value)}
        placeholder={t("canvas.views.name")}
        aria-label={t("canvas.views.name")}
      />
      <button type="submit" disabled={name.trim() === ""}>
        {t("canvas.views.keep")}
      </button>
    </form>
  );
}
