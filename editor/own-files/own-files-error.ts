import type { Message } from "../document/history.ts";

/** Why a file is not kept, in words for the person who gave it. */
export class OwnFilesError extends Error {
  override readonly name = "OwnFilesError";
  readonly words: Message;
  constructor(words: Message, options?: ErrorOptions) {
    super(words.key, options);
    this.words = words;
  }
}

const megabytes = (bytes: number): number => Math.ceil(bytes / 2 ** 20);

export const emptyFile = (name: string): OwnFilesError =>
  new OwnFilesError({ key: "files.refused.empty", values: { name } });

export const largeFile = (name: string, size: number, most: number): OwnFilesError =>
  new OwnFilesError({
    key: "files.refused.large",
    values: { name, size: megabytes(size), most: megabytes(most) },
  });

/** What the browser throws when it cannot keep a file, in words; anything else as it is. */
export function inWords(fault: unknown, name: string, size: number): unknown {
  if (!(fault instanceof DOMException)) return fault;
  const values = { name, size: megabytes(size), reason: fault.message };
  const key = fault.name === "QuotaExceededError" ? "full" : "browser";
  return new OwnFilesError({ key: `files.refused.${key}`, values }, { cause: fault });
}
