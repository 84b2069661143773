import { Command as List } from "cmdk";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useEditor, useStudio } from "../app/use-studio.ts";
import { DialogFrame } from "./dialog-frame.tsx";
import { type Thing, thingsOf } from "./things.ts";

/** Beyond this a person types a few letters. */
const mostShown = 60;

/** Goes to any node, slot or output by a few letters of its name or type. */
export function GoToDialog() {
  const { t } = useTranslation();
  return (
    <DialogFrame name="go-to" title={t("commands.view.goTo")} bare>
      <Things />
    </DialogFrame>
  );
}

function Things() {
  const { t } = useTranslation();
  const { view } = useStudio();
  const document = useEditor(({ history }) => history.present);
  const [search, setSearch] = useState("");
  const things = useMemo(() => thingsOf(document), [document]);
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const found = things.filter(({ name, type, label }) =>
    words.every((word) => `${name} ${type} ${label ?? ""}`.toLowerCase().includes(word)),
  );
  const go = ({ key }: Thing) => view.setState({ dialog: null, flight: { key }, focus: "canvas" });
  return (
    <List className="commands-list" label={t("commands.view.goTo")} shouldFilter={false} loop>
      <List.Input
        className="commands-input"
        value={search}
        onValueChange={setSearch}
        placeholder={t("commands.go-to.search")}
      />
      <List.List className="commands-items" label={t("commands.view.goTo")}>
        <List.Empty className="commands-empty">{t("commands.go-to.none")}</List.Empty>
        {found.slice(0, mostShown).map((thing) => (
          <List.Item
            key={thing.key}
            className="commands-item"
            value={thing.key}
            onSelect={() => go(thing)}
          >
            <span className="commands-name" translate="no">
              {thing.label ?? thing.name}
            </span>
            {thing.label !== null && (
              <span className="commands-id" translate="no">
                {thing.name}
              </span>
            )}
            <span className="commands-type" translate="no">
              {thing.type}
            </span>
          </List.Item>
        ))}
        {found.length > mostShown ? (
          <p className="commands-empty">
            {t("commands.connect.more", { count: found.length - mostShown })}
          </p>
        ) : null}
      </List.List>
    </List>
  );
}
