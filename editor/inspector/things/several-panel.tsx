import { useTranslation } from "react-i18next";
import { useEditor, useStudio } from "../../app/use-studio.ts";
import type { Key } from "../../document/keys.ts";
import { uiNameOf } from "../../document/keys.ts";
import { goTo } from "../go-to.ts";
import { Section } from "../parts/section.tsx";
import { thingAt } from "../thing.ts";
import { SharedParams } from "./shared-params.tsx";

/** Several things at once: which they are, and the params that all of them have. */
export function SeveralPanel({ keys }: { readonly keys: readonly Key[] }) {
  const { t } = useTranslation();
  const studio = useStudio();
  const document = useEditor(({ history }) => history.present);
  const things = keys.flatMap((key) => thingAt(document, key) ?? []);
  return (
    <>
      <div className="inspector-header">
        <div className="inspector-heading">
          <h2>{t("inspector.several", { count: keys.length })}</h2>
        </div>
      </div>
      <SharedParams things={things} />
      <Section title={t("inspector.selected")}>
        <ul className="inspector-plain-list">
          {keys.map((key) => (
            <li key={key}>
              <button
                type="button"
                className="inspector-ref inspector-link"
                onClick={() => goTo(studio, key)}
              >
                {uiNameOf(key)}
              </button>
            </li>
          ))}
        </ul>
      </Section>
    </>
  );
}
