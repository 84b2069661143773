import { useReactFlow } from "@xyflow/react";
import { Bookmark } from "lucide-react";
import { Popover } from "radix-ui";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useStudio } from "../app/use-studio.ts";
import { keepView } from "../document/edits/views.ts";
import type { Point } from "../document/ui.ts";
import { KeptViews } from "./kept-views.tsx";

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
          onEscapeKeyDown={(event) => {
            if (document.activeElement?.matches(".canvas-views-name") === true)
              event.preventDefault();
          }}
          aria-label={t("canvas.views.title")}
        >
          <KeptViews onShown={() => setOpen(false)} />
          <KeepView />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
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
