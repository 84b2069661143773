import { ChevronLeft, ChevronRight, X } from "lucide-react";
import { Dialog } from "radix-ui";
import { useTranslation } from "react-i18next";
import { WatchedViewer } from "./watched-viewer.tsx";

interface Props {
  readonly wire: string;
  readonly probes: readonly string[];
  readonly sampleRate?: number;
  readonly onShow: (wire: string) => void;
  readonly onClose: () => void;
}

/** One probe as large as the page allows; the others are a step away. */
export function ProbeDialog({ wire, probes, onShow, onClose, ...rest }: Props) {
  const { t } = useTranslation();
  const step = (by: number): void => {
    const next = probes.at((probes.indexOf(wire) + by) % probes.length);
    if (next !== undefined) onShow(next);
  };
  return (
    <Dialog.Root
      open
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
    >
      <Dialog.Portal>
        <Dialog.Overlay className="viewers-overlay" />
        <Dialog.Content className="viewers-dialog" aria-describedby={undefined}>
          <div className="viewers-dialog-head">
            <Dialog.Title className="viewers-title" translate="no">
              {wire}
            </Dialog.Title>
            {probes.length > 1 && (
              <>
                <button
                  type="button"
                  className="viewers-icon"
                  aria-label={t("viewers.dialog.previous")}
                  onClick={() => step(-1)}
                >
                  <ChevronLeft size={16} aria-hidden />
                </button>
                <button
                  type="button"
                  className="viewers-icon"
                  aria-label={t("viewers.dialog.next")}
                  onClick={() => step(1)}
                >
                  <ChevronRight size={16} aria-hidden />
                </button>
              </>
            )}
            <Dialog.Close className="viewers-icon" aria-label={t("viewers.dialog.close")}>
              <X size={16} aria-hidden />
            </Dialog.Close>
          </div>
          <WatchedViewer key={wire} wire={wire} large {...rest} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
