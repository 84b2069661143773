import { Activity, Columns2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useEditor, useStudio } from "../app/use-studio.ts";
import { uiOf } from "../document/ui.ts";
import { CompareDialog } from "./compare/compare-dialog.tsx";
import { ProbeDialog } from "./probe-dialog.tsx";
import { moveProbe, removeProbe } from "./parts/probe-edits.ts";
import { ProbeCard } from "./probe-card.tsx";
import "./viewers.css";

/** All wires that are watched, as cards. */
export function ProbesPanel({ sampleRate }: { readonly sampleRate?: number }) {
  const { t } = useTranslation();
  const probes = useEditor(({ history }) => uiOf(history.present).probes);
  const [enlarged, setEnlarged] = useState<string | null>(null);
  const [isComparing, setComparing] = useState(false);
  const edits = useProbeEdits(probes);
  if (probes.length === 0) return <NoProbes />;
  const rate = sampleRate === undefined ? {} : { sampleRate };
  return (
    <div className="viewers-panel">
      {probes.length > 1 && (
        <div className="viewers-toolbar">
          <span>{t("viewers.panel.count", { count: probes.length })}</span>
          <button type="button" className="viewers-button" onClick={() => setComparing(true)}>
            <Columns2 size={14} aria-hidden />
            {t("viewers.compare.open")}
          </button>
        </div>
      )}
      <ul className="viewers-cards" aria-label={t("viewers.panel.label")}>
        {probes.map((wire, place) => (
          <ProbeCard
            key={wire}
            wire={wire}
            {...rate}
            isFirst={place === 0}
            isLast={place === probes.length - 1}
            onMove={(by) => edits.move(wire, place + by)}
            onDrop={(other) => edits.move(other, place)}
            onRemove={() => edits.remove(wire)}
            onEnlarge={() => setEnlarged(wire)}
          />
        ))}
      </ul>
      {enlarged !== null && (
        <ProbeDialog
          wire={enlarged}
          probes={probes}
          {...rate}
          onShow={setEnlarged}
          onClose={() => setEnlarged(null)}
        />
      )}
      {isComparing && <CompareDialog probes={probes} onClose={() => setComparing(false)} />}
    </div>
  );
}

function useProbeEdits(probes: readonly string[]) {
  const { editor } = useStudio();
  return {
    move(wire: string, to: number): void {
      if (!probes.includes(wire) || to < 0 || to >= probes.length) return;
      editor.actions.edit(
        { label: { key: "viewers.edits.move", values: { wire } } },
        moveProbe(wire, to),
      );
    },
    remove(wire: string): void {
      editor.actions.edit(
        { label: { key: "viewers.edits.remove", values: { wire } } },
        removeProbe(wire),
      );
    },
  };
}

function NoProbes() {
  const { t } = useTranslation();
  return (
    <div className="viewers-empty">
      <Activity size={28} aria-hidden />
      <h3>{t("viewers.empty.title")}</h3>
      <p>{t("viewers.empty.how")}</p>
    </div>
  );
}
