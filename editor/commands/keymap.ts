import type { Command } from "./command.ts";

/** Keys that a person chose, by command; an empty list takes a command's keys away. */
export type Remapped = Readonly<Record<string, readonly string[]>>;

/** Two commands that one key would do. */
export interface KeyConflict {
  readonly key: string;
  readonly ids: readonly string[];
}

export const keysOf = ({ id, keys = [] }: Command, remapped: Remapped = {}): readonly string[] =>
  remapped[id] ?? keys;

const modifierOrder = ["$mod", "Control", "Meta", "Alt", "Shift"];

/** The same key written one way: modifiers in order, letters small. */
export function normalKey(key: string): string {
  return key
    .split(" ")
    .map((press) => {
      const { modifiers, name } = partsOf(press);
      const sorted = modifierOrder.filter((modifier) => modifiers.includes(modifier));
      return [...sorted, name.length === 1 ? name.toLowerCase() : name].join("+");
    })
    .join(" ");
}

/** Keys that more than one command has; the canvas hears those of the page too, so no scope is apart. */
export function keyConflicts(
  commands: readonly Command[],
  remapped: Remapped = {},
): readonly KeyConflict[] {
  const ids = new Map<string, string[]>();
  for (const command of commands)
    for (const key of keysOf(command, remapped).map(normalKey))
      ids.set(key, [...(ids.get(key) ?? []), command.id]);
  return [...ids]
    .filter(([, owners]) => owners.length > 1)
    .map(([key, owners]) => ({ key, ids: owners }));
}

/** The keys of a press apart, as a platform writes them: `["Ctrl", "Shift", "Z"]`, `["⇧", "⌘", "Z"]`. */
export function keyLabels(key: string, mac: boolean): readonly string[] {
  return key.split(" ").flatMap((press) => {
    const { modifiers, name } = partsOf(press);
    const shown = isShiftedSign(name)
      ? modifiers.filter((modifier) => modifier !== "Shift")
      : modifiers;
    const order = mac ? macOrder : otherOrder;
    const sorted = order.filter(([modifier]) => shown.includes(modifier));
    return [...sorted.map(([, label]) => label), nameLabel(name, mac)];
  });
}

/** One text: `Ctrl+Shift+Z`, `⇧⌘Z`. */
export const keyLabel = (key: string, mac: boolean): string =>
  keyLabels(key, mac).join(mac ? "" : "+");

const macOrder = [
  ["Control", "⌃"],
  ["Alt", "⌥"],
  ["Shift", "⇧"],
  ["$mod", "⌘"],
  ["Meta", "⌘"],
] as const;
const otherOrder = [
  ["$mod", "Ctrl"],
  ["Control", "Ctrl"],
  ["Meta", "Meta"],
  ["Alt", "Alt"],
  ["Shift", "Shift"],
] as const;

const names: Readonly<Record<string, string>> = {
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
  Escape: "Esc",
  Delete: "Del",
  Space: "Space",
  Enter: "Enter",
};
const macNames: Readonly<Record<string, string>> = {
  ...names,
  Delete: "⌦",
  Backspace: "⌫",
  Enter: "↩",
  Escape: "⎋",
};

function nameLabel(code: string, mac: boolean): string {
  const name = code.replace(/^(Digit|Key)(?=.$)/, "");
  return (mac ? macNames : names)[name] ?? (name.length === 1 ? name.toUpperCase() : name);
}

/** Signs that are typed with Shift, which then goes without saying. */
const isShiftedSign = (name: string): boolean => name.length === 1 && !/[\p{L}\d]/u.test(name);

function partsOf(press: string): { readonly modifiers: readonly string[]; readonly name: string } {
  const parts = press.split(/\b\+/);
  return { modifiers: parts.slice(0, -1), name: parts.at(-1) ?? "" };
}
