import type { TFunction } from "i18next";
import { formatPortType, type PortType } from "../../runtime/graph/ports.ts";
import type { OutlineItem, PortItem } from "./item.ts";

export interface ItemStates {
  readonly faulty: boolean;
  readonly changed: boolean;
  readonly probed: boolean;
  readonly bypassed: boolean;
}

const stateNames = ["faulty", "changed", "probed", "bypassed"] as const;

/** What is read of a row: what it is, and what state it is in. */
export function itemLabel(item: OutlineItem, states: ItemStates, t: TFunction): string {
  const said = stateNames.filter((name) => states[name]).map((name) => t(`outline.state.${name}`));
  return [nameOf(item, t), ...said].join(", ");
}

function nameOf(item: OutlineItem, t: TFunction): string {
  switch (item.kind) {
    case "section":
      return t(`outline.section.${item.name}`);
    case "branch":
      return t(`outline.branch.${item.name}`);
    case "rail":
      return listed([`${t(`outline.rail.${item.rail}`)} ${item.name}`, typeText(item.type)]);
    case "port":
      return portName(item, t);
    case "param":
      return t("outline.param", { name: item.name, value: JSON.stringify(item.param.value) ?? "" });
    default: {
      const reads = item.reads === null ? "" : t("outline.port.reads", { from: item.reads });
      return listed([item.name, item.title, t(`outline.kind.${item.kind}`), reads]);
    }
  }
}

function portName(item: PortItem, t: TFunction): string {
  const part = item.part === null ? t(`outline.side.${item.side}`) : t(`outline.part.${item.part}`);
  const wired = item.reads === null ? "" : t("outline.port.reads", { from: item.reads });
  const open = item.missing ? t("outline.port.missing") : "";
  const optional = item.side === "input" && item.reads === null && !item.missing;
  const free = optional ? t("outline.port.free") : "";
  return listed([`${part} ${item.name}`, wired, open, free, typeText(item.type)]);
}

const typeText = (type: PortType | null): string => (type === null ? "" : formatPortType(type));

const listed = (parts: readonly string[]): string => parts.filter((part) => part !== "").join(", ");
