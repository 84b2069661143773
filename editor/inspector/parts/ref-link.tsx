import { useTranslation } from "react-i18next";
import { useEditor, useStudio } from "../../app/use-studio.ts";
import type { Key } from "../../document/keys.ts";
import { readsOf } from "../../document/reads.ts";
import { ownerKeyOf } from "../../document/wires.ts";
import { goTo } from "../go-to.ts";

interface Props {
  /** The place of the reference in the file. */
  readonly wire: Key;
  readonly text: string;
}

/** A reference as it is written; a press goes to what it reads. */
export function RefLink({ wire, text }: Props) {
  const { t } = useTranslation();
  const studio = useStudio();
  const document = useEditor(({ history }) => history.present);
  const from = readsOf(document).find(({ key }) => key === wire)?.from ?? null;
  if (from === null) return <code className="inspector-ref">{text}</code>;
  return (
    <button
      type="button"
      className="inspector-ref inspector-link"
      title={t("inspector.goTo", { name: text })}
      onClick={() => goTo(studio, ownerKeyOf(from.source))}
    >
      {text}
    </button>
  );
}
