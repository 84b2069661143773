import { ContextMenu as Menu } from "radix-ui";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useCommands } from "../app/use-commands.ts";
import { useEditor, useStudio } from "../app/use-studio.ts";
import type { Command } from "../commands/command.ts";
import { KeyCaps } from "../commands/key-caps.tsx";
import { perform, whyNot } from "../commands/perform.ts";

/** What is offered, in groups; what cannot be done with what is selected is left out. */
const onSelection = [
  ["edit.rename", "edit.replace", "edit.connect", "edit.probe"],
  ["edit.copy", "edit.cut", "edit.duplicate"],
  ["edit.bypass", "edit.disconnect", "edit.reroute", "edit.portal", "edit.collapse", "view.open"],
  [
    "edit.wrapRepeat",
    "edit.wrapForEach",
    "edit.moveOut",
    "edit.unwrap",
    "edit.makeBlock",
    "file.keepBlock",
    "edit.ungroup",
    "edit.frame",
  ],
  ["run.toNode", "breakpoint.toggle"],
  ["edit.deleteAndHeal", "edit.delete"],
];
const onGround = [
  ["edit.add", "edit.paste", "edit.note"],
  ["select.all", "edit.tidy", "view.fit"],
];

/** The commands for what is under the pointer, by the right button or the menu key. */
export function ContextMenu({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation();
  const studio = useStudio();
  const isChosen = useEditor(({ selection }) => selection.length > 0);
  const commands = new Map(useCommands().map((command) => [command.id, command]));
  // Radix draws the content when it opens, so what can be done is asked then.
  const groups = (isChosen ? onSelection : onGround)
    .map((ids) => ids.flatMap((id) => commands.get(id) ?? []))
    .filter((group) => group.length > 0);
  return (
    <Menu.Root>
      <Menu.Trigger asChild>{children}</Menu.Trigger>
      <Menu.Portal>
        <Menu.Content className="app-menu canvas-menu" aria-label={t("canvas.menu")}>
          {groups.map((group, i) => (
            <Menu.Group key={group[0]?.id ?? i} className="canvas-menu-group">
              {group.map((command) => (
                <Item
                  key={command.id}
                  command={command}
                  onSelect={() => perform(studio, command)}
                />
              ))}
            </Menu.Group>
          ))}
        </Menu.Content>
      </Menu.Portal>
    </Menu.Root>
  );
}

function Item({ command, onSelect }: { readonly command: Command; readonly onSelect: () => void }) {
  const { t } = useTranslation();
  const studio = useStudio();
  if (whyNot(studio, command) !== null) return null;
  const [keys] = command.keys ?? [];
  return (
    <Menu.Item className="app-menu-item canvas-menu-item" onSelect={onSelect}>
      {t(`commands.${command.id}`)}
      {keys !== undefined && <KeyCaps keys={keys} />}
    </Menu.Item>
  );
}
