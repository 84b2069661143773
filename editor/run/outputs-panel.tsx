import { own } from "../../runtime/graph/own.ts";
import { Image } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAnalysis, useRun } from "../app/use-studio.ts";
import { NodePreview } from "../viewers/node-preview.tsx";
import { WatchedViewer } from "../viewers/watched-viewer.tsx";
import { picturesOf } from "./outputs.ts";
import { RunScores } from "./run-scores.tsx";
import type { WireName } from "./run-store.ts";
import { waitingKey } from "./waiting.ts";
import "./outputs.css";

const thumbnail = 60;

/** What the graph makes, as it comes to be: the outputs, and what they are made from. Nothing has to be probed for it. */
export function OutputsPanel() {
  const { t } = useTranslation();
  const pictures = usePictures();
  const [chosen, choose] = useState<WireName | null>(null);
  const shown = pictures.find((wire) => wire === chosen) ?? pictures[0];
  if (shown === undefined) return <NoOutputs />;
  return (
    <section className="run-outputs" aria-label={t("run.outputs.label")}>
      {pictures.length > 1 && (
        <ul className="run-outputs-strip" aria-label={t("run.outputs.choose")}>
          {pictures.map((wire) => (
            <li key={wire}>
              <button
                type="button"
                className="run-output"
                aria-pressed={wire === shown}
                onClick={() => choose(wire)}
              >
                <NodePreview wire={wire} width={thumbnail} height={thumbnail} />
                <span className="run-output-name" translate="no">
                  {wire.slice(1)}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <div className="run-outputs-main">
        <header className="run-outputs-head">
          <strong translate="no">{shown.slice(1)}</strong>
          <Standing wire={shown} />
        </header>
        <WatchedViewer key={shown} wire={shown} />
      </div>
      <Numbers />
      <RunScores />
    </section>
  );
}

function usePictures(): readonly WireName[] {
  const document = useAnalysis((analysis) => analysis.document);
  const types = useAnalysis((analysis) => analysis.types);
  // A text, so that frames that come in every moment draw nothing anew.
  const names = useRun((run) => picturesOf(document, types, run).join("\n"));
  return names === "" ? [] : names.split("\n");
}

/** Whether it is the output, or still the wire that becomes it. */
function Standing({ wire }: { readonly wire: WireName }) {
  const { t } = useTranslation();
  const lead = useRun(({ leads, outputs, at }) =>
    at === null && Object.hasOwn(outputs, wire.slice(1)) ? undefined : own(leads, wire),
  );
  const isFinal = useRun(({ outputs }) => Object.hasOwn(outputs, wire.slice(1)));
  if (lead !== undefined)
    return (
      <span className="run-outputs-standing" title={lead}>
        {t("run.outputs.so-far", { wire: lead })}
      </span>
    );
  return isFinal ? <span className="run-outputs-standing">{t("run.outputs.final")}</span> : null;
}

function Numbers() {
  const numbers = useRun((run) => run.numbers);
  const entries = Object.entries(numbers);
  if (entries.length === 0) return null;
  return (
    <dl className="run-outputs-numbers">
      {entries.map(([name, value]) => (
        <div key={name}>
          <dt translate="no">{name}</dt>
          <dd translate="no">{Number(value.toPrecision(5))}</dd>
        </div>
      ))}
    </dl>
  );
}

function NoOutputs() {
  const { t } = useTranslation();
  const key = useRun(waitingKey);
  return (
    <section className="run-outputs run-outputs-empty" aria-label={t("run.outputs.label")}>
      <Image size={24} aria-hidden />
      <p>{t(key ?? "run.outputs.empty")}</p>
    </section>
  );
}
