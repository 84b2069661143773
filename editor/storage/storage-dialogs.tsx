import "./storage.css";
import { DropTarget } from "./drop-target.tsx";
import { FileDialog } from "./file-dialog.tsx";
import { PageTitle } from "./page-title.tsx";
import { RecoveryDialog } from "./recovery-dialog.tsx";
import { ShareDialog } from "./share-dialog.tsx";

/** All that files show beside their menu; mounted once. */
export function StorageDialogs() {
  return (
    <>
      <PageTitle />
      <DropTarget />
      <FileDialog />
      <RecoveryDialog />
      <ShareDialog />
    </>
  );
}
