import type { Studio } from "../app/studio.ts";
import type { Command } from "../commands/command.ts";
import type { Dialog } from "../state/view-store.ts";
import type { Storage } from "./storage.ts";

/** A picture of what is on the screen, as PNG; null where there is nothing to show. */
export type TakePicture = () => Promise<Blob | null>;

/** What can be done with files. */
export function fileCommands(
  { actions, state }: Storage,
  takePicture: TakePicture,
): readonly Command[] {
  const opens = (dialog: Dialog) => (studio: Studio) => studio.view.setState({ dialog });
  const hasFile = (): boolean => state.getState().dirty;
  return [
    { id: "file.new", keys: ["Alt+n"], run: opens("new-sampler") },
    { id: "file.gallery", keys: ["Alt+g"], run: opens("gallery") },
    { id: "file.open", keys: ["$mod+o"], focus: "everywhere", run: actions.pick },
    { id: "file.save", keys: ["$mod+s"], focus: "everywhere", run: actions.save },
    { id: "file.saveAs", keys: ["$mod+Shift+s"], focus: "everywhere", run: actions.saveAs },
    { id: "file.duplicate", run: actions.duplicate },
    {
      id: "file.revert",
      when: () => hasFile() || { key: "storage.nothingToRevert" },
      run: actions.revert,
    },
    { id: "file.own", run: opens("own-files") },
    { id: "file.share", run: opens("share") },
    { id: "file.bundle", run: actions.saveBundle },
    {
      id: "file.picture",
      run: async (studio) => {
        const picture = await takePicture();
        if (picture === null) studio.announce({ key: "storage.noPicture" });
        else await actions.exportPicture(picture);
      },
    },
    {
      id: "file.recover",
      when: () => state.getState().recoverable.length > 0 || { key: "storage.nothingToRecover" },
      run: opens("recovery"),
    },
  ];
}
