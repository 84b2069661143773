import { FileDown } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { holdsFiles } from "./page-events.ts";

/** While a file is dragged over the page: says that it can be dropped anywhere. */
export function DropTarget() {
  const { t } = useTranslation();
  const over = useFileOver();
  if (!over) return null;
  return (
    <div className="storage-drop" aria-hidden>
      <div className="storage-drop-box">
        <FileDown size={28} />
        {t("storage.drop")}
      </div>
    </div>
  );
}

function useFileOver(): boolean {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const listening = new AbortController();
    const { signal } = listening;
    const enter = (event: DragEvent) => setOver(holdsFiles(event));
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    addEventListener("dragenter", enter, { signal });
    addEventListener("dragleave", leave, { signal });
    addEventListener("drop", () => setOver(false), { signal, capture: true });
    addEventListener("dragend", () => setOver(false), { signal });
    return () => listening.abort();
  }, []);
  return over;
}
