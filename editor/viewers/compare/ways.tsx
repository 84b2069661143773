import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAnalysis } from "../../app/use-studio.ts";
import { differenceOf } from "../data/difference.ts";
import { statsOf } from "../data/stats.ts";
import { floatsOf } from "../data/floats.ts";
import { formatNumber } from "../data/format-number.ts";
import { layoutOf } from "../data/layout.ts";
import { useFrame } from "../parts/use-frame.ts";
import { useViewerChoice } from "../parts/viewer-choices.ts";
import { Waiting } from "../parts/waiting.tsx";
import { typeOfWire } from "../parts/wire-type.ts";
import { Viewer } from "../viewer.tsx";
import { viewersFor } from "../viewers-for.ts";

interface Pair {
  readonly left: string;
  readonly right: string;
}

/** Each has half of the room; zoom and pointer are shared. */
export function Beside({ left, right }: Pair) {
  return (
    <div className="viewers-beside">
      <Side wire={left} />
      <Side wire={right} />
    </div>
  );
}

/** In one place, divided by a line that is dragged or moved by the arrow keys. */
export function Wipe({ left, right }: Pair) {
  const { t } = useTranslation();
  const [part, setPart] = useState(50);
  return (
    <>
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
        aria-label={t("viewers.compare.line")}
        onChange={({ target }) => setPart(Number(target.value))}
      />
    </>
  );
}

/** The left less the right, around zero, with how large it is. */
export function Difference({ left, right }: Pair) {
  const { t } = useTranslation();
  const [a, b] = [useFrame(left)?.frame, useFrame(right)?.frame];
  const frame = useMemo(
    () => (a === undefined || b === undefined ? null : differenceOf(a, b)),
    [a, b],
  );
  if (a === undefined || b === undefined) return <Waiting />;
  if (frame === null)
    return (
      <p className="viewers-waiting">
        {t("viewers.compare.unlike", { left: a.shape.join(" × "), right: b.shape.join(" × ") })}
      </p>
    );
  const { min, max, mean, std } = statsOf(floatsOf(frame));
  const isImage = layoutOf(frame.shape).kind === "image";
  const viewer = isImage ? "signed" : (viewersFor(null, frame.shape)[0] ?? "numbers");
  return (
    <div className="viewers-watched">
      <Viewer
        key={viewer}
        viewer={viewer}
        name={t("viewers.compare.less", { left, right })}
        type={null}
        frame={frame}
        track={null}
        index={-1}
        large
      />
      <p className="viewers-facts-row">
        <span>{t("viewers.compare.rms", { value: formatNumber(Math.hypot(mean, std)) })}</span>
        <span>
          {t("viewers.compare.between", { min: formatNumber(min), max: formatNumber(max) })}
        </span>
      </p>
    </div>
  );
}

function Side({ wire }: { readonly wire: string }) {
  const shown = useFrame(wire);
  const type = useAnalysis(({ document, types }) => typeOfWire(document, types, wire));
  const { viewer } = useViewerChoice(wire, type, shown?.frame.shape ?? []);
  if (shown === null) return <Waiting />;
  return <Viewer key={viewer} viewer={viewer} name={wire} type={type} {...shown} large />;
}
