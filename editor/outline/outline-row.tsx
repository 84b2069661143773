import {
  ChevronDown,
  ChevronRight,
  CircleAlert,
  CircleDot,
  CircleSlash,
  Pencil,
} from "lucide-react";
import { memo, type MouseEvent } from "react";
import { useTranslation } from "react-i18next";
import { formatPortType } from "../../runtime/graph/ports.ts";
import type { Key } from "../document/keys.ts";
import type { OutlineItem } from "./item.ts";
import { itemLabel } from "./item-label.ts";
import type { OutlineRow } from "./rows.ts";
import type { ChooseRow } from "./use-row-choice.ts";

interface Props {
  readonly row: OutlineRow;
  /** In px, from the first row. */
  readonly top: number;
  readonly active: boolean;
  readonly selected: boolean;
  readonly faulty: boolean;
  readonly changed: boolean;
  readonly probed: boolean;
  readonly bypassed: boolean;
  readonly onChoose: ChooseRow;
  readonly onToggle: (key: Key) => void;
}

const indent = 14;

export const OutlineRowView = memo(
  function OutlineRowView({ row, top, active, selected, onChoose, onToggle, ...states }: Props) {
    const { t } = useTranslation();
    const { item, open, position, siblings } = row;
    const choose = (event: MouseEvent) =>
      onChoose(item.key, { adds: event.ctrlKey || event.metaKey || event.shiftKey, flies: true });
    return (
      <div
        className="outline-row"
        data-kind={item.kind}
        data-key={item.key}
        role="treeitem"
        aria-label={itemLabel(item, states, t)}
        aria-level={item.level}
        aria-posinset={position}
        aria-setsize={siblings}
        aria-expanded={item.children === null ? undefined : open}
        aria-selected={selected}
        tabIndex={active ? 0 : -1}
        style={{ top, paddingInlineStart: (item.level - 1) * indent + 4 }}
        onClick={choose}
        onDoubleClick={() => onToggle(item.key)}
      >
        <Chevron item={item} open={open} onToggle={onToggle} />
        <Words item={item} />
        <Marks {...states} />
      </div>
    );
  },
  (before, after) =>
    propNames.every((name) => before[name] === after[name]) &&
    before.row.open === after.row.open &&
    before.row.position === after.row.position &&
    before.row.siblings === after.row.siblings &&
    sameItem(before.row.item, after.row.item),
);

const propNames = ["top", "active", "selected", "faulty", "changed", "probed", "bypassed"] as const;

const sameItem = (a: OutlineItem, b: OutlineItem): boolean =>
  a === b ||
  (JSON.stringify(a) === JSON.stringify(b) && (a.children === null) === (b.children === null));

function Chevron({
  item,
  open,
  onToggle,
}: Pick<Props, "onToggle"> & { readonly item: OutlineItem; readonly open: boolean }) {
  if (item.children === null) return <span className="outline-chevron" />;
  const Icon = open ? ChevronDown : ChevronRight;
  return (
    <span
      className="outline-chevron"
      onClick={(event) => {
        event.stopPropagation();
        onToggle(item.key);
      }}
    >
      <Icon size={14} aria-hidden />
    </span>
  );
}

function Words({ item }: { readonly item: OutlineItem }) {
  const { t } = useTranslation();
  switch (item.kind) {
    case "section":
      return <span className="outline-heading">{t(`outline.section.${item.name}`)}</span>;
    case "branch":
      return <span className="outline-heading">{t(`outline.branch.${item.name}`)}</span>;
    case "rail":
      return (
        <>
          <span className="outline-part">{t(`outline.rail.${item.rail}`)}</span>
          <Name text={item.name} />
          <Type type={item.type} />
        </>
      );
    case "port":
      return <PortWords item={item} />;
    case "param":
      return (
        <>
          <Name text={item.name} />
          <span className="outline-value" translate="no">
            {valueText(item.param.value)}
          </span>
        </>
      );
    default:
      return (
        <>
          <span className="outline-symbol" aria-hidden translate="no">
            {item.symbol}
          </span>
          <Name text={item.name} strong />
          <span className="outline-title" translate="no">
            {item.title}
          </span>
          {item.reads === null ? null : <Reads from={item.reads} />}
        </>
      );
  }
}

function PortWords({ item }: { readonly item: Extract<OutlineItem, { kind: "port" }> }) {
  const { t } = useTranslation();
  return (
    <>
      <span className="outline-arrow" data-side={item.side} aria-hidden />
      {item.part === null ? (
        <Name text={item.name} />
      ) : (
        <span className="outline-part">{t(`outline.part.${item.part}`)}</span>
      )}
      {item.reads === null ? null : <Reads from={item.reads} />}
      {item.missing ? <span className="outline-missing">{t("outline.port.missing")}</span> : null}
      <Type type={item.type} />
    </>
  );
}

const Name = ({ text, strong = false }: { readonly text: string; readonly strong?: boolean }) => (
  <span className={strong ? "outline-name" : "outline-label"} translate="no">
    {text}
  </span>
);

const Reads = ({ from }: { readonly from: string }) => (
  <span className="outline-reads" translate="no">
    ← {from}
  </span>
);

const Type = ({ type }: { readonly type: Parameters<typeof formatPortType>[0] | null }) =>
  type === null ? null : (
    <span className="outline-type" translate="no">
      {formatPortType(type)}
    </span>
  );

const valueText = (value: unknown): string =>
  typeof value === "string" ? value : (JSON.stringify(value) ?? "–");

type States = Pick<Props, "faulty" | "changed" | "probed" | "bypassed">;

/** What is also said: each has a shape of its own beside its colour. */
const Marks = ({ faulty, changed, probed, bypassed }: States) => (
  <span className="outline-marks" aria-hidden>
    {bypassed ? <CircleSlash size={13} /> : null}
    {probed ? <CircleDot size={13} className="outline-probed" /> : null}
    {changed ? <Pencil size={12} /> : null}
    {faulty ? <CircleAlert size={13} className="outline-faulty" /> : null}
  </span>
);
