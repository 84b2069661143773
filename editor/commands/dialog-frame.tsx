import "./commands.css";
import { X } from "lucide-react";
import { Dialog } from "radix-ui";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useStudio, useView } from "../app/use-studio.ts";
import type { Dialog as DialogName, Region, ViewStore } from "../state/view-store.ts";

interface Props {
  readonly name: DialogName;
  readonly title: string;
  /** What it is for, read after the title. */
  readonly description?: string;
  /** The title is read, not shown: the content says it. */
  readonly bare?: boolean;
  readonly children: ReactNode;
}

/** What had the keyboard before the first of the dialogs that followed one another. */
let opener: HTMLElement | null = null;
/** The region that it stood in: what is renamed or deleted is another element afterwards. */
let region: Region = "canvas";

function noteOpener(): void {
  const now = document.activeElement;
  if (!(now instanceof HTMLElement) || now.closest('[role="dialog"]') !== null) return;
  opener = now;
  region = now.closest('[role="tree"]') === null ? "canvas" : "outline";
}

/** The keyboard goes back to where it was, or near it where that is gone; a dialog or region that asks for it has it. */
function giveBack(view: ViewStore): void {
  const { dialog, focus } = view.getState();
  if (dialog !== null || focus !== null || opener === null) return;
  if (opener.isConnected) opener.focus({ preventScroll: true });
  else view.setState({ focus: region });
}

/** A dialog of the page, open while the view says so. */
export function DialogFrame({ name, title, description, bare = false, children }: Props) {
  const { t } = useTranslation();
  const { view } = useStudio();
  const open = useView(({ dialog }) => dialog === name);
  const setOpen = (next: boolean) => {
    if (!next && view.getState().dialog === name) view.setState({ dialog: null });
  };
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Portal>
        <Dialog.Overlay className="commands-overlay" />
        <Dialog.Content
          className="commands-dialog"
          data-dialog={name}
          onOpenAutoFocus={noteOpener}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            giveBack(view);
          }}
          {...(description === undefined ? { "aria-describedby": undefined } : {})}
        >
          <div className={bare ? "visually-hidden" : "commands-head"}>
            <Dialog.Title className="commands-title">{title}</Dialog.Title>
            {description === undefined ? null : (
              <Dialog.Description className="commands-description">
                {description}
              </Dialog.Description>
            )}
          </div>
          {children}
          {bare ? null : (
            <Dialog.Close className="commands-close" aria-label={t("commands.dialog.close")}>
              <X size={16} aria-hidden />
            </Dialog.Close>
          )}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
