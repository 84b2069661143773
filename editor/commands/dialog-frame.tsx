import "./commands.css";
import { X } from "lucide-react";
import { Dialog } from "radix-ui";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useStudio, useView } from "../app/use-studio.ts";
import type { Dialog as DialogName } from "../state/view-store.ts";

interface Props {
  readonly name: DialogName;
  readonly title: string;
  /** What it is for, read after the title. */
  readonly description?: string;
  /** The title is read, not shown: the content says it. */
  readonly bare?: boolean;
  readonly children: ReactNode;
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
          {bare ? null : (
            <Dialog.Close className="commands-close" aria-label={t("commands.dialog.close")}>
              <X size={16} aria-hidden />
            </Dialog.Close>
          )}
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
