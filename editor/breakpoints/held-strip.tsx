import { CircleDot, Crosshair } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useEditor, useStudio } from "../app/use-studio.ts";
import { goTo } from "../inspector/go-to.ts";
import { formatNumber } from "../viewers/data/format-number.ts";
import { always } from "./edits.ts";
import { keyOfPlace, nameOfPlace, type Held } from "./places.ts";
import { useHeld } from "./use-held.ts";
import "./breakpoints.css";

/** Which breakpoint holds the run, and why. */
export function HeldStrip() {
  const { t } = useTranslation();
  const studio = useStudio();
  const held = useHeld();
  const document = useEditor(({ history }) => history.present);
  if (held === null) return null;
  const key = keyOfPlace(document, held.place);
  const [outer = 0, ...inner] = held.iteration;
  return (
    <div className="breakpoints-held" role="status">
      <CircleDot size={15} aria-hidden />
      <p>
        <strong>{t("breakpoints.held.after", { step: outer + 1 })}</strong>{" "}
        {inner.length > 0 && (
          <span>{t("breakpoints.held.inner", { steps: inner.map((k) => k + 1).join(", ") })} </span>
        )}
        <code translate="no">{nameOfPlace(held.place)}</code> <Reason held={held} />
      </p>
      {key !== null && (
        <button type="button" className="breakpoints-button" onClick={() => goTo(studio, key)}>
          <Crosshair size={13} aria-hidden />
          {t("breakpoints.held.go")}
        </button>
      )}
    </div>
  );
}

function Reason({ held: { breakpoint, isAsked, values } }: { readonly held: Held }) {
  const { t } = useTranslation();
  if (breakpoint === null)
    return <span>{t(`breakpoints.held.${isAsked ? "asked" : "removed"}`)}</span>;
  if (breakpoint.condition === always) return <span>{t("breakpoints.held.always")}</span>;
  const now = Object.entries(values).map(([name, value]) => `${name} = ${formatNumber(value, 4)}`);
  return (
    <span>
      <code translate="no">{breakpoint.condition}</code>{" "}
      {t("breakpoints.held.because", { values: now.join(", ") })}
    </span>
  );
}
