import { useConnection, useReactFlow } from "@xyflow/react";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import { useGestures } from "./gesture.ts";

/** Says why a wire that is being dragged may not end where the pointer is. */
export function Refusal() {
  const { t } = useTranslation();
  const { flowToScreenPosition } = useReactFlow();
  const at = useConnection((connection) =>
    connection.inProgress ? (connection.toHandle?.id ?? null) : null,
  );
  const place = useConnection((connection) => (connection.inProgress ? connection.to : null));
  const fit = useStore(useGestures(), ({ fits }) => (at === null ? undefined : fits.get(at)));
  if (fit === undefined || fit.ok || place === null) return null;
  const { x, y } = flowToScreenPosition(place);
  return (
    <div className="canvas-why" style={{ left: x + 16, top: y + 16 }} role="status">
      <p>{t(fit.why.key, fit.why.values ?? {})}</p>
      {fit.fix !== undefined && (
        <p className="canvas-cure">{t(fit.fix.key, fit.fix.values ?? {})}</p>
      )}
    </div>
  );
}
