import { keyLabels } from "./keymap.ts";
import { isMac } from "./page-preferences.ts";

/** A key as this platform writes it. */
export function KeyCaps({ keys }: { readonly keys: string }) {
  return (
    <span className="commands-keys" translate="no">
      {keyLabels(keys, isMac()).map((label, i) => (
        <kbd key={`${i}-${label}`}>{label}</kbd>
      ))}
    </span>
  );
}
