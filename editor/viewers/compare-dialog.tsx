import { X } from "lucide-react";
import { Dialog } from "radix-ui";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Choice } from "./parts/choice.tsx";
import { useFrame } from "./parts/use-frame.ts";
import { Viewer } from "./viewer.tsx";
import { useAnalysis } from "../app/use-studio.ts";
import { typeOfWire } from "./parts/wire-type.ts";
import { useViewerChoice } from "./parts/viewer-choices.ts";

interface Props {
  readonly probes: readonly string[];
  readonly onClose: () => void;
}

/** Two probes in one place, divided by a line that is dragged or moved by the arrow keys. */
export function CompareDialog({ probes, onClose }: Props) {
  const { t } = useTranslation();
  const [[left, right], setPair] = useState<readonly [string, string]>([
    probes[0] ?? "",
    probes[1] ?? "",
  ]);
  const [part, setPart] = useState(50);
  const options = probes.map((value) => ({ value, title: value }));
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
            <Dialog.Title className="visually-hidden">{t("viewers.compare.title")}</Dialog.Title>
            <Choice
              label={t("viewers.compare.left")}
              value={left}
              options={options}
              onChange={(next) => setPair([next, right])}
            />
            <span className="viewers-spring" />
            <Choice
              label={t("viewers.compare.right")}
              value={right}
              options={options}
              onChange={(next) => setPair([left, next])}
            />
            <Dialog.Close className="viewers-icon" aria-label={t("viewers.dialog.close")}>
              <X size={16} aria-hidden />
            </Dialog.Close>
          </div>
          <div className="viewers-wipe">
            <Side wire={left} />
            <div className="viewers-wipe-over" style={{ clipPath: `inset(0 0 0 ${part}%)` }}>
              <Side wire={right} />
            </div>
            <div className="viewers-wipe-line" style={{ left: `${part}%` }} aria-hidden />
          </div>
          <input
            className="viewers-wipe-slider"
            type="range"
            min={0}
            max={100}
            step={0.5}
            value={part}
            aria-label={t("viewers.compare.wipe")}
            onChange={({ target }) => setPart(Number(target.value))}
          />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Side({ wire }: { readonly wire: string }) {
  const { t } = useTranslation();
  const shown = useFrame(wire);
  const type = useAnalysis(({ document, types }) => typeOfWire(document, types, wire));
  const { viewer } = useViewerChoice(wire, type, shown?.frame.shape ?? []);
  if (shown === null) return <p className="viewers-waiting">{t("viewers.card.waiting")}</p>;
  return <Viewer key={viewer} viewer={viewer} name={wire} type={type} {...shown} large />;
}
