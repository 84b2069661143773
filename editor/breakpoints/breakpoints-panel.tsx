import { CircleDot, Plus, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useCommands } from "../app/use-commands.ts";
import { useEditor, useStudio } from "../app/use-studio.ts";
import { KeyCaps } from "../commands/key-caps.tsx";
import { perform } from "../commands/perform.ts";
import { uiOf } from "../document/ui.ts";
import { BreakpointRow } from "./breakpoint-row.tsx";
import { HeldStrip } from "./held-strip.tsx";
import "./breakpoints.css";

/** Every breakpoint of the document: on or off, and when it holds. */
export function BreakpointsPanel() {
  const { t } = useTranslation();
  const breakpoints = useEditor(({ history }) => uiOf(history.present).breakpoints);
  return (
    <section className="breakpoints" aria-label={t("breakpoints.label")}>
      <HeldStrip />
      <div className="breakpoints-tools">
        <CommandButton id="breakpoint.toggle">
          <Plus size={14} aria-hidden />
          {t("breakpoints.add")}
          <KeyCaps keys="F9" />
        </CommandButton>
        {breakpoints.length > 0 && (
          <CommandButton id="breakpoint.clear">
            <Trash2 size={14} aria-hidden />
            {t("breakpoints.clear")}
          </CommandButton>
        )}
      </div>
      {breakpoints.length === 0 ? (
        <Empty />
      ) : (
        <>
          <ul className="breakpoints-list">
            {breakpoints.map((breakpoint) => (
              <BreakpointRow key={breakpoint.id} breakpoint={breakpoint} />
            ))}
          </ul>
          <p className="breakpoints-soft breakpoints-example">{t("breakpoints.example")}</p>
        </>
      )}
    </section>
  );
}

function CommandButton({
  id,
  children,
}: {
  readonly id: string;
  readonly children: React.ReactNode;
}) {
  const studio = useStudio();
  const command = useCommands().find((each) => each.id === id);
  return (
    <button
      type="button"
      className="breakpoints-button"
      onClick={() => command !== undefined && perform(studio, command)}
    >
      {children}
    </button>
  );
}

function Empty() {
  const { t } = useTranslation();
  return (
    <div className="breakpoints-empty">
      <CircleDot size={22} aria-hidden />
      <p>{t("breakpoints.empty")}</p>
      <p className="breakpoints-soft">{t("breakpoints.example")}</p>
    </div>
  );
}
