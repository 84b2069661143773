import { useTranslation } from "react-i18next";
import { useEditor, useStudio } from "../../app/use-studio.ts";
import { idOf, pathOf, type Key } from "../../document/keys.ts";
import { uiOf } from "../../document/ui.ts";
import { changeEntry } from "../../document/edits/notes.ts";
import { Section } from "../parts/section.tsx";
import { TextField } from "../parts/text-field.tsx";

/** A note or a frame: its words. */
export function UiPanel({ of }: { readonly of: Key }) {
  const { t } = useTranslation();
  const { editor } = useStudio();
  const ui = useEditor(({ history }) => uiOf(history.present));
  const isNote = pathOf(of)[1] === "notes";
  const text = isNote ? ui.notes[idOf(of)]?.text : ui.frames[idOf(of)]?.title;
  if (text === undefined) return null;
  const title = t(isNote ? "inspector.ui.note" : "inspector.ui.frame");
  return (
    <Section title={title}>
      <TextField
        label={title}
        lines={isNote ? 6 : 1}
        value={text}
        onChange={(next) =>
          editor.actions.edit(
            { label: { key: "inspector.edits.words" }, gesture: `words:${of}` },
            (draft) => changeEntry(draft, of, isNote ? { text: next } : { title: next }),
          )
        }
        onEnd={() => editor.actions.endGesture()}
      />
      {isNote && <p className="inspector-note">{t("inspector.ui.markdown")}</p>}
    </Section>
  );
}
