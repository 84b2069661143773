import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { TensorData } from "../../../runtime/tensor/tensor.ts";
import { useAnalysis, useRun, useStudio } from "../../app/use-studio.ts";
import type { RunState, WireName } from "../../run/run-store.ts";
import { zoneOf } from "../../run/place.ts";
import { formatNumber } from "../../viewers/data/format-number.ts";
import { statsOfFrame } from "../../viewers/data/frame-stats.ts";
import { createThumbnail } from "../../viewers/parts/thumbnail.ts";
import { typeOfWire } from "../../viewers/parts/wire-type.ts";
import type { PortValue } from "./values-of.ts";

const size = 44;

/** The value of a port: small, and in numbers. */
export function ValueRow({ value }: { readonly value: PortValue }) {
  const { t } = useTranslation();
  const { frame, isAsked } = useValue(value);
  return (
    <li className="inspector-value">
      {frame !== null && frame.shape.length > 1 ? (
        <Small {...{ value, frame }} />
      ) : (
        <span className="inspector-value-none" data-known={frame !== null} aria-hidden>
          #
        </span>
      )}
      <div className="inspector-value-words">
        <span>
          <span className="inspector-soft">{t(`run.values.${value.side}`)}</span>{" "}
          <b translate="no">{value.name}</b>
        </span>
        {frame === null ? (
          <span className="inspector-soft">
            {t(isAsked ? "run.values.asked" : "run.values.none")}
          </span>
        ) : (
          <Facts frame={frame} />
        )}
      </div>
    </li>
  );
}

function Facts({ frame }: { readonly frame: TensorData }) {
  const { t } = useTranslation();
  const { min, max, mean, std, nan, infinite } = statsOfFrame(frame, null, -1);
  const isOne = frame.data.length === 1;
  return (
    <>
      <code className="inspector-value-facts" translate="no">
        {isOne
          ? formatNumber(mean, 4)
          : `${frame.shape.join(" × ")} · ${formatNumber(min, 3)} … ${formatNumber(max, 3)}`}
      </code>
      {!isOne && (
        <span className="inspector-value-facts" translate="no">
          {t("run.values.moments", { mean: formatNumber(mean, 3), std: formatNumber(std, 3) })}
        </span>
      )}
      {nan + infinite > 0 && (
        <span className="inspector-value-bad" role="status">
          {t("viewers.notFinite", { nan, infinite })}
        </span>
      )}
    </>
  );
}

interface SmallProps {
  readonly value: PortValue;
  readonly frame: TensorData;
}

function Small({ value: { wire, name }, frame }: SmallProps) {
  const { t } = useTranslation();
  const type = useAnalysis(({ document, types }) => typeOfWire(document, types, wire));
  const ref = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const canvas = ref.current;
    if (canvas === null) return;
    canvas.width = canvas.height = Math.round(size * devicePixelRatio);
    createThumbnail(canvas).draw(frame, type, null);
  }, [frame, type]);
  return (
    <canvas
      ref={ref}
      className="viewers-thumbnail"
      style={{ width: size, height: size }}
      role="img"
      aria-label={t("viewers.thumbnail", { wire: name })}
    />
  );
}

interface Asked {
  readonly wire: WireName;
  readonly at: readonly number[];
}

/** Where a port's value is found; null while the run has not come there. */
function askedOf(run: RunState, { wire, rail }: PortValue): Asked | null {
  const { at, steps, zones } = run;
  const zone = zoneOf(wire, zones);
  if (zone === null) return { wire, at: [] };
  const newest = steps.findLast((step) => step.zone === zone)?.iteration;
  const shown = at ?? (newest === undefined ? null : [newest]);
  if (shown === null) return null;
  if (rail === null) return { wire, at: shown };
  const last = shown.at(-1) ?? 0;
  if (last > 0) return { wire, at: [...shown.slice(0, -1), last - 1] };
  return rail.init === null ? null : { wire: rail.init, at: shown.slice(0, -1) };
}

function useValue(value: PortValue): {
  readonly frame: TensorData | null;
  readonly isAsked: boolean;
} {
  const { run } = useStudio();
  // A text, so that it is asked again only where the place is another one.
  const place = useRun((state) => {
    const asked = askedOf(state, value);
    return asked === null ? "" : `${state.run} ${state.phase} ${asked.wire} ${asked.at.join()}`;
  });
  const [frame, setFrame] = useState<TensorData | null>(null);
  const [isAsked, setAsked] = useState(false);
  useEffect(() => {
    const asked = askedOf(run.getState(), value);
    if (asked === null) return setFrame(null);
    let isWanted = true;
    setAsked(true);
    void run.actions.frame(asked.wire, asked.at).then((found) => {
      if (!isWanted) return;
      setFrame(found);
      setAsked(false);
    });
    return () => {
      isWanted = false;
    };
    // `value` is made anew at every draw; `place` says all of it.
  }, [run, place]);
  return { frame, isAsked };
}
