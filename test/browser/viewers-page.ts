/** What the page of viewers offers as `globalThis.viewers`; only plain data crosses. */
export interface ViewersPage {
  /** The wires that the run has frames of; all are probed. */
  readonly wires: readonly string[];
  /** How many colours the canvases in an element hold, each to 5 bits a channel, the largest count of any. */
  readonly colours: (selector: string) => number;
  /** Red, green and blue in the middle of the first canvas in an element. */
  readonly middle: (selector: string) => readonly number[];
  readonly scrub: (at: readonly number[] | null) => void;
  readonly probes: () => readonly string[];
  readonly undo: () => void;
  readonly theme: (name: "light" | "dark") => void;
  /** Puts the previews of nodes on the page, or takes them off. */
  readonly showPreviews: (shown: boolean) => void;
  /** How many watch a wire. */
  readonly watchers: (wire: string) => number;
  /** What axe finds, a line for each rule broken. */
  readonly axe: () => Promise<readonly string[]>;
}
