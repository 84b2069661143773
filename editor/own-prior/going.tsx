import { useTranslation } from "react-i18next";
import type { PriorQuestion } from "../../runtime/protocol/prior-check.ts";
import type { Work } from "./own-prior-store.ts";
import { useOwnPriorActions } from "./use-own-prior.ts";

/** How far a question has come, and a way to give it up. */
export function Going<Q extends PriorQuestion>({
  ask,
  work,
}: {
  readonly ask: Q;
  readonly work: Work<Q>;
}) {
  const { t } = useTranslation();
  const { stop } = useOwnPriorActions();
  if (work.is !== "going") return null;
  const { done, total } = work;
  const label = t(`priors.going.${ask}`);
  return (
    <div className="own-prior-going">
      <span role="status">{label}</span>
      <progress aria-label={label} {...(total > 0 ? { value: done, max: total } : {})} />
      <span className="own-prior-count" translate="no">
        {total > 0 && `${done}/${total}`}
      </span>
      <button type="button" className="storage-button" onClick={stop}>
        {t("priors.stop")}
      </button>
    </div>
  );
}
