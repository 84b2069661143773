import { plainSchedule, skeleton } from "../document/skeleton.ts";
import type { Command } from "../commands/command.ts";
import { CommandsDialog } from "../commands/commands-dialog.tsx";
import { ConnectDialog } from "../commands/connect-dialog.tsx";
import { GoToDialog } from "../commands/go-to-dialog.tsx";
import { HistoryDialog } from "../commands/history-dialog.tsx";
import { LabelDialog } from "../commands/label-dialog.tsx";
import { RenameDialog } from "../commands/rename-dialog.tsx";
import { ReplaceDialog } from "../commands/replace-dialog.tsx";
import { ShortcutsDialog } from "../commands/shortcuts-dialog.tsx";
import { GalleryDialog } from "../gallery/gallery-dialog.tsx";
import { NewSamplerDialog, type SamplerChoice } from "../gallery/new-sampler-dialog.tsx";
import { OwnPrior } from "../own-prior/own-prior.tsx";
import { OwnFilesDialog } from "../own-files/own-files-dialog.tsx";
import { BeforeAfterDialog } from "../restore/before-after-dialog.tsx";
import { RestoreDialog } from "../restore/restore-dialog.tsx";
import type { PageLibrary } from "../run/library.ts";
import { StorageDialogs } from "../storage/storage-dialogs.tsx";

interface Props {
  readonly commands: readonly Command[];
  readonly library: PageLibrary;
}

/** Every dialog of the page; each is there while the view names it. */
export function Dialogs({ commands, library }: Props) {
  return (
    <>
      <CommandsDialog commands={commands} />
      <ShortcutsDialog commands={commands} />
      <HistoryDialog />
      <ConnectDialog />
      <GoToDialog />
      <RenameDialog />
      <LabelDialog />
      <ReplaceDialog />
      <StorageDialogs />
      <GalleryDialog library={library} />
      <OwnFilesDialog />
      <RestoreDialog library={library} />
      <BeforeAfterDialog library={library} />
      <OwnPrior base={library.base} />
      <NewSamplerDialog library={library} skeleton={newSampler} />
    </>
  );
}

const newSampler = ({ name, task, model }: SamplerChoice) =>
  skeleton({
    name,
    task,
    prior: { type: "prior/onnx", v: 1, params: { model } },
    schedule: plainSchedule,
  });
