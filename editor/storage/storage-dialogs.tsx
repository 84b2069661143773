import "./storage.css";
import { DropTarget } from "./drop-target.tsx";
import { FileDialog } from "./file-dialog.tsx";
import { PageTitle } from "./page-title.tsx";
import { RecoveryDialog } from "./recovery-dialog.tsx";
import type { RunSettings } from "./run-command.ts";
import { ShareDialog } from "./share-dialog.tsx";

/** All that files show beside their menu; mounted once. */
export function StorageDialogs({ settings }: { readonly settings?: RunSettings }) {
  return (
    <>
      <PageTitle />
      <DropTarget />
      <FileDialog />
      <RecoveryDialog />
      <ShareDialog {...(settings === undefined ? {} : { settings })} />
    </>
  );
}
