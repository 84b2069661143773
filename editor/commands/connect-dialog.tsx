import { Command as List } from "cmdk";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAnalysis, useEditor, useStudio, useView } from "../app/use-studio.ts";
import { connect } from "../document/edits/connect.ts";
import type { Key } from "../document/keys.ts";
import {
  feedsOf,
  isPlace,
  labelOf,
  type SourceOption,
  sourcesOf,
  targetsOf,
  type WireOption,
} from "./connect-options.ts";
import { DialogFrame } from "./dialog-frame.tsx";
import { portMeant } from "./selected.ts";

/** Draws a wire by keyboard: an output, then where it goes; or for an input, where it comes from. */
export function ConnectDialog() {
  const { t } = useTranslation();
  return (
    <DialogFrame name="connect" title={t("commands.connect.title")} bare>
      <Connect />
    </DialogFrame>
  );
}

function Connect() {
  const { registry } = useStudio();
  const analysis = useAnalysis((all) => all);
  const selection = useEditor((state) => state.selection);
  const port = useView((view) => view.port);
  const known = useMemo(() => ({ analysis, registry }), [analysis, registry]);
  const meant = portMeant(port, selection) ?? selection[0] ?? null;
  const sources = useMemo(() => (meant === null ? [] : sourcesFor(known, meant)), [known, meant]);
  const [chosen, setChosen] = useState<SourceOption | null>(null);
  const feeds = meant !== null && isPlace(known, meant);
  const source = chosen ?? (sources.length === 1 && !feeds ? (sources[0] ?? null) : null);
  const wires = useMemo(() => {
    if (feeds) return feedsOf(known, meant);
    return source === null ? [] : targetsOf(known, source);
  }, [known, source, feeds, meant]);
  if (feeds) return <WireList wires={wires} names="source" about={labelOf(known, meant)} />;
  if (source === null) return <SourceList sources={sources} onChoose={setChosen} />;
  return <WireList key={source.key} wires={wires} names="target" about={source.label} />;
}

/** Of an output port itself only that, of a node all that it gives. */
function sourcesFor(known: Parameters<typeof sourcesOf>[0], meant: Key): readonly SourceOption[] {
  const all = sourcesOf(known, meant);
  const itself = all.filter(({ key }) => key === meant);
  return itself.length > 0 ? itself : all;
}

interface SourceProps {
  readonly sources: readonly SourceOption[];
  readonly onChoose: (source: SourceOption) => void;
}

function SourceList({ sources, onChoose }: SourceProps) {
  const { t } = useTranslation();
  return (
    <List className="commands-list" label={t("commands.connect.title")} loop>
      <List.Input className="commands-input" placeholder={t("commands.connect.from")} />
      <List.List className="commands-items" label={t("commands.connect.from")}>
        <List.Empty className="commands-empty">{t("commands.connect.no-source")}</List.Empty>
        {sources.map((source) => (
          <List.Item
            key={source.key}
            className="commands-item"
            value={source.key}
            keywords={[source.label]}
            onSelect={() => onChoose(source)}
          >
            <span className="commands-name" translate="no">
              {source.label}
            </span>
            <span className="commands-reason" translate="no">
              {source.type}
            </span>
          </List.Item>
        ))}
      </List.List>
    </List>
  );
}

/** Beyond this a person types a few letters. */
const mostShown = 80;

interface WireProps {
  readonly wires: readonly WireOption[];
  /** Which end the rows name. */
  readonly names: "source" | "target";
  /** The other end, of all of them. */
  readonly about: string;
}

function WireList({ wires, names, about }: WireProps) {
  const { t } = useTranslation();
  const [search, setSearch] = useState("");
  const wanted = search.toLowerCase().split(/\s+/).filter(Boolean);
  const nameOf = (wire: WireOption) => (names === "source" ? wire.source : wire.label);
  const found = wires.filter((wire) =>
    wanted.every((word) => `${nameOf(wire)} ${wire.type}`.toLowerCase().includes(word)),
  );
  const prompt = t(names === "source" ? "commands.connect.feed" : "commands.connect.to", { about });
  return (
    <List className="commands-list" label={prompt} shouldFilter={false} loop>
      <List.Input
        className="commands-input"
        value={search}
        onValueChange={setSearch}
        placeholder={prompt}
      />
      <List.List className="commands-items" label={prompt}>
        <List.Empty className="commands-empty">{t("commands.connect.none")}</List.Empty>
        {found.slice(0, mostShown).map((wire) => (
          <WireRow
            key={`${wire.target} ${wire.source} ${JSON.stringify(wire.cure?.name ?? "")}`}
            wire={wire}
            name={nameOf(wire)}
          />
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

function WireRow({ wire, name }: { readonly wire: WireOption; readonly name: string }) {
  const { t } = useTranslation();
  const { editor, view, announce } = useStudio();
  const { target, ref, why, cure, replaces, label } = wire;
  const draw = () => {
    if (cure !== null) {
      view.setState({ dialog: null });
      return editor.actions.edit({ label: cure.name }, cure.recipe);
    }
    if (ref === null) return announce(why ?? { key: "commands.not-now" });
    view.setState({ dialog: null });
    editor.actions.edit(
      { label: { key: "commands.done.connect", values: { from: wire.source, to: label } } },
      (draft) => connect(draft, target, ref),
    );
  };
  return (
    <List.Item
      className="commands-item"
      value={`${target} ${wire.source} ${JSON.stringify(cure?.name ?? "")}`}
      data-lacks={ref === null && cure === null}
      onSelect={draw}
    >
      <span className="commands-name" translate="no">
        {name}
      </span>
      <span className="commands-reason">
        {cure === null ? null : t(cure.name.key, cure.name.values ?? {})}
        {why === null || cure !== null ? null : t(why.key, why.values ?? {})}
        {why === null && replaces !== null
          ? t("commands.connect.replaces", { ref: replaces })
          : null}
      </span>
      {wire.type === "" ? null : (
        <span className="commands-type" translate="no">
          {wire.type}
        </span>
      )}
    </List.Item>
  );
}
