import { Fragment } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  readonly of: string;
  readonly title?: string | null;
  readonly required?: boolean;
}

/** A name of the file; a long one may break between its words. */
export function Name({ of, title = null, required = false }: Props) {
  const { t } = useTranslation();
  const words = of.split(/(?<=[a-z0-9])(?=[A-Z])|(?<=[_.-])/);
  return (
    <span className="inspector-name" title={title ?? of}>
      {words.map((word, i) => (
        // words have no identity but their place
        <Fragment key={i}>
          {i > 0 && <wbr />}
          {word}
        </Fragment>
      ))}
      {required && <span className="inspector-required"> {t("inspector.required")}</span>}
    </span>
  );
}
