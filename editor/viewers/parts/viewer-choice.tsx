import { useTranslation } from "react-i18next";
import type { ViewerName } from "../viewers-for.ts";
import { Choice } from "./choice.tsx";

interface Props {
  readonly viewers: readonly ViewerName[];
  readonly viewer: ViewerName;
  readonly onChange: (viewer: ViewerName) => void;
}

/** The ways to look at a tensor, best first. */
export function ViewerChoice({ viewers, viewer, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <Choice
      label={t("viewers.viewer")}
      value={viewer}
      options={viewers.map((value) => ({ value, title: t(`viewers.kind.${value}`) }))}
      onChange={onChange}
    />
  );
}
