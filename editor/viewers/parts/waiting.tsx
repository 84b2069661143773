import { useTranslation } from "react-i18next";
import { useRun } from "../../app/use-studio.ts";
import { waitingKey } from "../../run/waiting.ts";

/** In the place of a wire that has nothing to look at: why, as the run stands. */
export function Waiting() {
  const { t } = useTranslation();
  const key = useRun(waitingKey);
  return <p className="viewers-waiting">{t(key ?? "viewers.card.waiting")}</p>;
}
