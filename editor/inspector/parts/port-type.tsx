import { useTranslation } from "react-i18next";
import type { PortType } from "../../../runtime/graph/ports.ts";
import { kindText, tagTexts } from "./type-text.ts";

/** A type in words: its kind, and the conventions that are known of it. */
export function TypeText({ type }: { readonly type: PortType | null }) {
  const { t } = useTranslation();
  if (type === null) return <span className="inspector-type">{t("inspector.type.unknown")}</span>;
  return (
    <span className="inspector-type">
      {kindText(type)}
      {tagTexts(type).map((tag) => (
        <span className="inspector-tag" key={tag}>
          {tag}
        </span>
      ))}
    </span>
  );
}
