import { X } from "lucide-react";
import { Dialog } from "radix-ui";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Choice } from "../parts/choice.tsx";
import { Beside, Difference, Wipe } from "./ways.tsx";

interface Props {
  readonly probes: readonly string[];
  readonly onClose: () => void;
}

const ways = { beside: Beside, wipe: Wipe, difference: Difference } as const;
type Way = keyof typeof ways;
const names = ["beside", "wipe", "difference"] as const satisfies readonly Way[];

/** Two probes at the same step: beside one another, over one another, or one less the other. */
export function CompareDialog({ probes, onClose }: Props) {
  const { t } = useTranslation();
  const [[left, right], setPair] = useState<readonly [string, string]>([
    probes[0] ?? "",
    probes[1] ?? "",
  ]);
  const [way, setWay] = useState<Way>("beside");
  const options = probes.map((value) => ({ value, title: value }));
  const Shown = ways[way];
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
              label={t("viewers.compare.way")}
              value={way}
              options={names.map((value) => ({ value, title: t(`viewers.compare.${value}`) }))}
              onChange={setWay}
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
          <Shown left={left} right={right} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
