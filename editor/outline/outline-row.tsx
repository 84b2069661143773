import {
  ChevronDown,
  ChevronRight,
  CircleAlert,
  CircleDot,
  CircleSlash,
  Pencil,
} from "lucide-react";
import { memo, type MouseEvent, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { formatPortType } from "../../runtime/graph/ports.ts";
import type { Key } from "../document/keys.ts";
import type { OutlineItem } from "./item.ts";
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
    const { item, open, position, siblings } = row;
    const choose = (event: MouseEvent) =>
      onChoose(item.key, { adds: event.ctrlKey || event.metaKey || event.shiftKey, flies: true });
    return (
      <div
        className="outline-row"
        data-kind={item.kind}
        data-key={item.key}
        role="treeitem"
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
          {item.title === "" ? null : (
            <span className="outline-title" translate="no">
              {item.title}
            </span>
          )}
          <Hidden>{t(`outline.kind.${item.kind}`)}</Hidden>
          {item.reads === null ? null : <Reads from={item.reads} />}
          <Type type={item.type} />
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
        <>
          <Hidden>{t(`outline.side.${item.side}`)}</Hidden>
          <Name text={item.name} />
        </>
      ) : (
        <span className="outline-part">{t(`outline.part.${item.part}`)}</span>
      )}
      {item.reads === null ? null : <Reads from={item.reads} />}
      {item.side === "input" && item.reads === null && !item.missing ? (
        <Hidden>{t("outline.port.free")}</Hidden>
      ) : null}
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

function Reads({ from }: { readonly from: string }) {
  const { t } = useTranslation();
  return (
    <>
      <span className="outline-from" aria-hidden>
        ←
      </span>
      <Hidden>{t("outline.port.reads")}</Hidden>
      <span className="outline-reads" translate="no">
        {from}
      </span>
    </>
  );
}

/** Read, not seen: signs say it to the eye. */
const Hidden = ({ children }: { readonly children: ReactNode }) => (
  <span className="visually-hidden">{children}</span>
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

const marks = {
  bypassed: { Icon: CircleSlash, className: "outline-bypassed" },
  probed: { Icon: CircleDot, className: "outline-probed" },
  changed: { Icon: Pencil, className: "outline-changed" },
  faulty: { Icon: CircleAlert, className: "outline-faulty" },
} as const;
const markNames = ["bypassed", "probed", "changed", "faulty"] as const;

/** Each has a shape of its own beside its colour. */
function Marks(states: States) {
  const { t } = useTranslation();
  const shown = markNames.filter((name) => states[name]);
  return (
    <span className="outline-marks">
      {shown.map((name) => {
        const { Icon, className } = marks[name];
        const label = t(`outline.state.${name}`);
        return (
          <span key={name} className={className} title={label}>
            <Icon size={13} aria-hidden />
            <Hidden>{label}</Hidden>
          </span>
        );
      })}
    </span>
  );
}
