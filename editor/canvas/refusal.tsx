import { useConnection, useReactFlow } from "@xyflow/react";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import { useStudio } from "../app/use-studio.ts";
import type { Refusal as Refused } from "../document/connect.ts";
import { isCurable } from "../document/cures.ts";
import { useGestures } from "./gesture.ts";

/** Says why a wire that is being dragged may not end where the pointer is, and what would help. */
export function Refusal() {
  const { t } = useTranslation();
  const { flowToScreenPosition } = useReactFlow();
  const at = useConnection((connection) =>
    connection.inProgress ? (connection.toHandle?.id ?? null) : null,
  );
  const place = useConnection((connection) => (connection.inProgress ? connection.to : null));
  const fit = useStore(useGestures(), ({ fits, aim }) => fits.get(at ?? aim ?? ""));
  if (fit === undefined || fit.ok || place === null) return null;
  const { x, y } = flowToScreenPosition(place);
  return (
    <div className="canvas-why" style={{ left: x + 16, top: y + 16 }} role="status">
      <p>{t(fit.why.key, fit.why.values ?? {})}</p>
      {fit.fix !== undefined && (
        <p className="canvas-cure">{t(fit.fix.key, fit.fix.values ?? {})}</p>
      )}
      {isCurable(fit) && <Helps refusal={fit} />}
    </div>
  );
}

/** What is offered where the wire is dropped all the same. */
function Helps({ refusal }: { readonly refusal: Refused }) {
  const { t } = useTranslation();
  const { registry } = useStudio();
  const ways = new Set(refusal.exits.map((exit) => exit.as).filter((as) => as !== "output"));
  const helps = [
    ...refusal.fields.map((ref) => t("canvas.cure.field", { ref })),
    ...refusal.adapters.map((type) =>
      t("canvas.cure.adapter", { type: registry.versions(type)[0]?.title ?? type }),
    ),
    ...[...ways].map((as) => t(`canvas.cure.${as}`)),
  ];
  if (helps.length === 0) return null;
  return (
    <p className="canvas-cure">
      {t("canvas.cure.drop")}
      {helps.slice(0, 3).map((help) => (
        <span key={help} className="canvas-help">
          {help}
        </span>
      ))}
    </p>
  );
}
