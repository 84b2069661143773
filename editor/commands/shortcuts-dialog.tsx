import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import { useStudio } from "../app/use-studio.ts";
import type { Command } from "./command.ts";
import { DialogFrame } from "./dialog-frame.tsx";
import { groupsOf } from "./groups.ts";
import { KeyCaps } from "./key-caps.tsx";
import { keysOf, keyConflicts } from "./keymap.ts";
import { isMac, preferences } from "./page-preferences.ts";
import { pressedKey } from "./pressed-key.ts";

interface Props {
  readonly commands: readonly Command[];
}

/** Every key, and how to choose another. */
export function ShortcutsDialog({ commands }: Props) {
  const { t } = useTranslation();
  return (
    <DialogFrame
      name="shortcuts"
      title={t("commands.shortcuts.title")}
      description={t("commands.shortcuts.description")}
    >
      <div className="commands-scroll">
        {groupsOf(commands).map(({ name, members }) => (
          <section key={name} aria-labelledby={`commands-keys-${name}`}>
            <h3 id={`commands-keys-${name}`}>{t(`commands.group.${name}`)}</h3>
            <ul className="commands-shortcuts">
              {members.map((command) => (
                <ShortcutRow key={command.id} command={command} commands={commands} />
              ))}
            </ul>
          </section>
        ))}
      </div>
      <div className="commands-foot">
        <button type="button" className="commands-button" onClick={() => preferences.resetKeys()}>
          {t("commands.shortcuts.reset-all")}
        </button>
      </div>
    </DialogFrame>
  );
}

interface RowProps extends Props {
  readonly command: Command;
}

function ShortcutRow({ command, commands }: RowProps) {
  const { t } = useTranslation();
  const remapped = useStore(preferences.keys, ({ value }) => value);
  const title = t(`commands.${command.id}`);
  const keys = keysOf(command, remapped);
  return (
    <li className="commands-shortcut">
      <span className="commands-name">{title}</span>
      <span className="commands-caps">
        {keys.map((key) => (
          <KeyCaps key={key} keys={key} />
        ))}
        {keys.length === 0 ? (
          <span className="commands-reason">{t("commands.shortcuts.none")}</span>
        ) : null}
      </span>
      {remapped[command.id] === undefined ? (
        <span />
      ) : (
        <button
          type="button"
          className="commands-button"
          aria-label={t("commands.shortcuts.reset-of", { command: title })}
          onClick={() => preferences.resetKeys(command.id)}
        >
          {t("commands.shortcuts.reset")}
        </button>
      )}
      <KeyCapture command={command} commands={commands} title={title} />
    </li>
  );
}

/** A button that takes the next key pressed; Escape leaves the key as it was, Backspace takes it away. */
function KeyCapture({ command, commands, title }: RowProps & { readonly title: string }) {
  const { t } = useTranslation();
  const { announce } = useStudio();
  const [listens, setListens] = useState(false);
  const take = (event: React.KeyboardEvent) => {
    if (!listens || event.key === "Tab") return;
    event.preventDefault();
    event.stopPropagation();
    const key = pressedKey(event, isMac());
    if (key === null) return;
    setListens(false);
    if (key === "Escape") return;
    const wanted = key === "Backspace" ? [] : [key];
    const taken = conflictOf(commands, command, wanted);
    if (taken === null) preferences.remap(command.id, wanted);
    else announce({ key: "commands.shortcuts.taken", values: { command: t(`commands.${taken}`) } });
  };
  return (
    <button
      type="button"
      className="commands-button"
      aria-label={listens ? undefined : t("commands.shortcuts.change-of", { command: title })}
      data-listens={listens}
      onClick={() => setListens(true)}
      onBlur={() => setListens(false)}
      onKeyDown={take}
    >
      {t(listens ? "commands.shortcuts.press" : "commands.shortcuts.change")}
    </button>
  );
}

/** The other command that has one of the keys. */
function conflictOf(
  commands: readonly Command[],
  { id }: Command,
  wanted: readonly string[],
): string | null {
  const remapped = { ...preferences.keys.getState().value, [id]: wanted };
  const conflict = keyConflicts(commands, remapped).find(({ ids }) => ids.includes(id));
  return conflict?.ids.find((other) => other !== id) ?? null;
}
