import type { Command } from "../commands/command.ts";
import { CommandsDialog } from "../commands/commands-dialog.tsx";
import { ConnectDialog } from "../commands/connect-dialog.tsx";
import { GoToDialog } from "../commands/go-to-dialog.tsx";
import { HistoryDialog } from "../commands/history-dialog.tsx";
import { RenameDialog } from "../commands/rename-dialog.tsx";
import { ReplaceDialog } from "../commands/replace-dialog.tsx";
import { ShortcutsDialog } from "../commands/shortcuts-dialog.tsx";
import { StorageDialogs } from "../storage/storage-dialogs.tsx";

/** Every dialog of the page; each is there while the view names it. */
export function Dialogs({ commands }: { readonly commands: readonly Command[] }) {
  return (
    <>
      <CommandsDialog commands={commands} />
      <ShortcutsDialog commands={commands} />
      <HistoryDialog />
      <ConnectDialog />
      <GoToDialog />
      <RenameDialog />
      <ReplaceDialog />
      <StorageDialogs />
    </>
  );
}
