import { Plus, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { About } from "../../../runtime/graph/document.ts";
import { own } from "../../../runtime/graph/own.ts";
import { useEditor, useStudio } from "../../app/use-studio.ts";
import { setAbout, setDocument } from "../edits/set-document.ts";
import { Faults } from "../parts/faults.tsx";
import { IconButton } from "../parts/icon-button.tsx";
import { Name } from "../parts/name.tsx";
import { Section } from "../parts/section.tsx";
import { TextField } from "../parts/text-field.tsx";
import { useIssues } from "../parts/use-issues.ts";
import { Interface } from "./interface.tsx";

/** The whole graph, or the block that is open: its name, what it is about, what goes in and out. */
export function DocumentPanel() {
  const { t } = useTranslation();
  const { editor } = useStudio();
  const block = useEditor(({ scope }) => blockOf(scope));
  const document = useEditor(({ history }) => history.present);
  const owner = block === null ? document : own(document.blocks, block);
  const root = block === null ? "" : `blocks/${block}`;
  const taskIssues = useIssues("task");
  if (owner === undefined) return null;
  const write = (field: "name" | "task", text: string): void =>
    editor.actions.edit(
      {
        label: { key: "inspector.edits.document", values: { field } },
        gesture: `document:${root}:${field}`,
      },
      setDocument(root, field, text),
    );
  const end = (): void => editor.actions.endGesture();
  return (
    <>
      <div className="inspector-header">
        <div className="inspector-heading inspector-heading-wide">
          <p className="inspector-kind">
            {t(block === null ? "inspector.document.graph" : "inspector.document.block")}
          </p>
          <TextField
            label={t("inspector.document.name")}
            value={owner.name ?? block ?? ""}
            onChange={(text) => write("name", text)}
            onEnd={end}
          />
        </div>
      </div>
      <Interface root={root} inputs={owner.inputs} outputs={owner.outputs} />
      {block === null && (
        <Section title={t("inspector.document.task")}>
          <p className="inspector-note">{t("inspector.document.taskHint")}</p>
          <TextField
            label={t("inspector.document.task")}
            value={document.task ?? ""}
            onChange={(text) => write("task", text)}
            onEnd={end}
          />
          <Faults issues={taskIssues} />
        </Section>
      )}
      <AboutForm root={root} about={owner.about ?? {}} />
    </>
  );
}

const blockOf = (scope: string): string | null =>
  scope.startsWith("blocks/") ? (scope.split("/")[1] ?? null) : null;

const fields = [
  ["summary", 3],
  ["paper", 1],
  ["equations", 1],
] as const;

function AboutForm({ root, about }: { readonly root: string; readonly about: About }) {
  const { t } = useTranslation();
  const { editor } = useStudio();
  const write = (field: keyof About, value: unknown): void =>
    editor.actions.edit(
      {
        label: { key: "inspector.edits.about", values: { field } },
        gesture: `about:${root}:${field}`,
      },
      setAbout(root, field, value),
    );
  const end = (): void => editor.actions.endGesture();
  const departures = about.departures ?? [];
  return (
    <Section title={t("inspector.document.about")}>
      {fields.map(([field, lines]) => (
        <div className="inspector-row" data-wide="true" key={field}>
          <Name of={t(`inspector.document.${field}`)} />
          <TextField
            label={t(`inspector.document.${field}`)}
            lines={lines}
            value={about[field] ?? ""}
            onChange={(text) => write(field, text)}
            onEnd={end}
          />
        </div>
      ))}
      <div className="inspector-row" data-wide="true">
        <Name of={t("inspector.document.departures")} />
        <IconButton
          icon={Plus}
          label={t("inspector.document.addDeparture")}
          onClick={() => {
            write("departures", [...departures, ""]);
            end();
          }}
        />
      </div>
      {departures.map((text, i) => (
        // a departure has no name but its place
        <div className="inspector-departure" key={i}>
          <TextField
            label={t("inspector.document.departure", { number: i + 1 })}
            lines={2}
            value={text}
            onChange={(next) => write("departures", departures.with(i, next))}
            onEnd={end}
          />
          <IconButton
            icon={X}
            label={t("inspector.document.removeDeparture", { number: i + 1 })}
            onClick={() => {
              write("departures", departures.toSpliced(i, 1));
              end();
            }}
          />
        </div>
      ))}
    </Section>
  );
}
