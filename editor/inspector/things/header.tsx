import { useTranslation } from "react-i18next";
import type { ReactNode } from "react";
import { familyColour } from "../../canvas/family-colour.ts";
import type { Key } from "../../document/keys.ts";
import { IdField } from "../parts/id-field.tsx";
import { LabelField } from "../parts/label-field.tsx";

interface Props {
  readonly symbol: string;
  readonly family: string;
  readonly title: string;
  /** The type and version, or the kind, in a line below. */
  readonly kind: string;
  /** What is renamed; null where it has no name of its own. */
  readonly rename: Key | null;
  /** It may be called otherwise where it is drawn. */
  readonly labelled?: boolean;
  readonly children?: ReactNode;
}

/** What a thing is, and its id, which can be written over. */
export function ThingHeader({
  symbol,
  family,
  title,
  kind,
  rename,
  labelled = false,
  children,
}: Props) {
  const { t } = useTranslation();
  return (
    <div className="inspector-header">
      <span className="inspector-symbol" style={{ color: familyColour(family) }} aria-hidden="true">
        {symbol}
      </span>
      <div className="inspector-heading">
        <h2>{title}</h2>
        <p className="inspector-kind">{kind}</p>
      </div>
      {labelled && rename !== null && (
        <div className="inspector-row inspector-id">
          <span className="inspector-name">{t("inspector.labelText")}</span>
          <LabelField of={rename} />
        </div>
      )}
      {rename !== null && (
        <div className="inspector-row inspector-id">
          <span className="inspector-name">{t("inspector.id")}</span>
          <IdField of={rename} />
        </div>
      )}
      {children}
    </div>
  );
}
