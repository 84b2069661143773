import { X } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { PortType } from "../../runtime/graph/ports.ts";
import { WireTitle } from "./probe-card.tsx";
import { WatchedViewer } from "./watched-viewer.tsx";
import "./viewers.css";

interface Props {
  readonly wire: string;
  readonly type: PortType | null;
  readonly onClose: () => void;
}

/** A viewer that sticks to a wire of the canvas; where it stands is the canvas's to say. */
export function ProbePopover({ wire, type, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <section
      className="viewers-popover nodrag nopan nowheel"
      aria-label={t("viewers.card.label", { wire })}
    >
      <header className="viewers-card-head">
        <WireTitle wire={wire} />
        <button
          type="button"
          className="viewers-icon"
          aria-label={t("viewers.popover.close", { wire })}
          onClick={onClose}
        >
          <X size={14} aria-hidden />
        </button>
      </header>
      <WatchedViewer wire={wire} type={type} />
    </section>
  );
}
