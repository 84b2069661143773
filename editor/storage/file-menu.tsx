import "./storage.css";
import { ChevronDown } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { useTranslation } from "react-i18next";
import { useStudio } from "../app/use-studio.ts";
import { KeyCaps } from "../commands/key-caps.tsx";
import type { Command } from "../commands/command.ts";
import { restoreCommands } from "../restore/commands-restore.ts";
import { fileCommands, type TakePicture } from "./commands-file.ts";
import { FileName } from "./file-name.tsx";
import { FileState } from "./file-state.tsx";
import { useSince } from "./since.ts";
import type { Recent } from "./database.ts";
import { useStorage, useStored } from "./use-storage.ts";

/** Where the menu has a line between its items. */
const groups = [
  ["file.new", "file.gallery"],
  ["restore.photo", "restore.compare"],
  ["file.open", "file.recover"],
  ["file.save", "file.saveAs", "file.duplicate", "file.revert"],
  ["file.own"],
  ["file.share", "file.bundle", "file.picture"],
] as const;

/** The name of what is open, whether it is saved, and everything that can be done with files. */
export function FileMenu({ takePicture }: { readonly takePicture: TakePicture }) {
  const { t } = useTranslation();
  const storage = useStorage();
  const recent = useStored((state) => state.recent);
  const all = [...fileCommands(storage, takePicture), ...restoreCommands];
  const commands = new Map(all.map((each) => [each.id, each]));
  return (
    <div className="storage-file">
      <FileName />
      <FileState />
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger className="app-icon-button" aria-label={t("storage.menu")}>
          <ChevronDown size={15} aria-hidden />
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content className="app-menu storage-menu" align="start" sideOffset={6}>
            {groups.map((ids) => (
              <DropdownMenu.Group key={ids[0]} className="storage-menu-group">
                {ids.map((id) => (
                  <CommandItem key={id} command={commands.get(id)} />
                ))}
              </DropdownMenu.Group>
            ))}
            {recent.length > 0 && (
              <DropdownMenu.Group className="storage-menu-group">
                <DropdownMenu.Label className="storage-menu-label">
                  {t("storage.recent")}
                </DropdownMenu.Label>
                {recent.slice(0, 6).map((each) => (
                  <RecentItem key={each.documentId} recent={each} />
                ))}
              </DropdownMenu.Group>
            )}
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
    </div>
  );
}

function CommandItem({ command }: { readonly command: Command | undefined }) {
  const { t } = useTranslation();
  const studio = useStudio();
  if (command === undefined) return null;
  const [keys] = command.keys ?? [];
  return (
    <DropdownMenu.Item
      className="app-menu-item storage-menu-item"
      disabled={command.when !== undefined && command.when(studio) !== true}
      onSelect={() => void command.run(studio)}
    >
      <span>{t(`commands.${command.id}`)}</span>
      {keys === undefined ? null : <KeyCaps keys={keys} />}
    </DropdownMenu.Item>
  );
}

function RecentItem({ recent }: { readonly recent: Recent }) {
  const { actions } = useStorage();
  const since = useSince(recent.at);
  return (
    <DropdownMenu.Item
      className="app-menu-item storage-menu-item"
      onSelect={() => void actions.openRecent(recent)}
    >
      <span className="storage-recent-title">{recent.title}</span>
      <span className="storage-recent-more">
        {recent.fileName} · {since}
      </span>
    </DropdownMenu.Item>
  );
}
