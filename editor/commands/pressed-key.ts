/** What of a key press is needed; both the page's events and React's have it. */
interface Press {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** The press as tinykeys writes it; null while only modifiers are held. */
export function pressedKey(press: Press, mac: boolean): string | null {
  const { key, code, ctrlKey, metaKey, altKey, shiftKey } = press;
  if (["Control", "Meta", "Alt", "AltGraph", "Shift"].includes(key)) return null;
  const modifiers = [
    (mac ? metaKey : ctrlKey) && "$mod",
    (mac ? ctrlKey : metaKey) && (mac ? "Control" : "Meta"),
    altKey && "Alt",
    shiftKey && "Shift",
  ].filter((modifier) => modifier !== false);
  return [...modifiers, nameOf(key, code)].join("+");
}

/** With Alt a Mac types other letters: then the key's place names it. */
const nameOf = (key: string, code: string): string => {
  if (key === " ") return "Space";
  if (/^[\u0080-\uffff]$/.test(key)) return code;
  return key.length === 1 ? key.toLowerCase() : key;
};
