import { Command as List } from "cmdk";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import { useStudio } from "../app/use-studio.ts";
import type { Command } from "./command.ts";
import { groupsOf } from "./groups.ts";
import { DialogFrame } from "./dialog-frame.tsx";
import { KeyCaps } from "./key-caps.tsx";
import { keysOf } from "./keymap.ts";
import { preferences } from "./page-preferences.ts";
import { perform, whyNot } from "./perform.ts";
import { rank } from "./rank.ts";

interface Props {
  readonly commands: readonly Command[];
}

/** Every command by its name: what was used last first, each with its key or with what it lacks. */
export function CommandsDialog({ commands }: Props) {
  const { t } = useTranslation();
  return (
    <DialogFrame name="commands" title={t("commands.palette.title")} bare>
      <CommandList commands={commands} />
    </DialogFrame>
  );
}

function CommandList({ commands }: Props) {
  const { t } = useTranslation();
  const [search, setSearch] = useState("");
  return (
    <List className="commands-list" label={t("commands.palette.title")} filter={rank} loop>
      <List.Input
        className="commands-input"
        value={search}
        onValueChange={setSearch}
        placeholder={t("commands.palette.search")}
      />
      <List.List className="commands-items" label={t("commands.palette.title")}>
        <List.Empty className="commands-empty">{t("commands.palette.none")}</List.Empty>
        {search === "" ? (
          <GroupedCommands commands={commands} />
        ) : (
          // Among groups the best is not the first.
          commands.map((command) => <CommandItem key={command.id} command={command} prefix="" />)
        )}
      </List.List>
    </List>
  );
}

function GroupedCommands({ commands }: Props) {
  const { t } = useTranslation();
  return (
    <>
      <RecentCommands commands={commands} />
      {groupsOf(commands).map(({ name, members }) => (
        <List.Group className="commands-group" key={name} heading={t(`commands.group.${name}`)}>
          {members.map((command) => (
            <CommandItem key={command.id} command={command} prefix="" />
          ))}
        </List.Group>
      ))}
    </>
  );
}

function RecentCommands({ commands }: Props) {
  const { t } = useTranslation();
  const ids = useStore(preferences.recent, ({ value }) => value);
  const recent = ids.flatMap((id) => commands.find((command) => command.id === id) ?? []);
  if (recent.length === 0) return null;
  return (
    <List.Group className="commands-group" heading={t("commands.group.recent")}>
      {recent.map((command) => (
        <CommandItem key={command.id} command={command} prefix="recent:" />
      ))}
    </List.Group>
  );
}

function CommandItem({ command, prefix }: { readonly command: Command; readonly prefix: string }) {
  const { t } = useTranslation();
  const studio = useStudio();
  const remapped = useStore(preferences.keys, ({ value }) => value);
  const lacks = whyNot(studio, command);
  const [key] = keysOf(command, remapped);
  const title = t(`commands.${command.id}`);
  const also = t(`commands.also.${command.id}`, { defaultValue: "" });
  const choose = () => {
    studio.view.setState({ dialog: null });
    if (lacks === null) preferences.noteRecent(command.id);
    perform(studio, command);
  };
  return (
    <List.Item
      className="commands-item"
      value={`${prefix}${command.id}`}
      keywords={[title, also]}
      onSelect={choose}
      data-lacks={lacks !== null}
    >
      <span className="commands-name">{title}</span>
      {lacks === null ? null : (
        <span className="commands-reason">{t(lacks.key, lacks.values ?? {})}</span>
      )}
      {key === undefined ? null : <KeyCaps keys={key} />}
    </List.Item>
  );
}
