/** What the page of files offers as `globalThis.storagePage`; only plain data crosses. */
export interface StoragePage {
  readonly rename: (name: string, gesture?: string) => void;
  readonly undo: () => void;
  readonly name: () => string;
  /** Names in the order in which undoing them all shows them. */
  readonly pastNames: () => readonly string[];
  readonly state: () => {
    readonly dirty: boolean;
    readonly readOnly: boolean;
    readonly journal: string;
    readonly question: string | null;
    readonly recoverable: readonly string[];
    readonly dialog: string | null;
  };
  readonly said: () => string | null;
  readonly text: () => string;
  /** Drags a file over the page and drops it. */
  readonly drop: (name: string, bytes: readonly number[]) => void;
  readonly paste: (text: string) => void;
  readonly theme: (name: string) => void;
  readonly savePicture: () => Promise<void>;
  /** Puts in place of the browser's pickers files of its private file system, which have handles too. */
  readonly usePrivateFiles: (name: string, text: string | null) => Promise<void>;
  readonly privateFile: (name: string) => Promise<string>;
}
