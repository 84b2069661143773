import { z } from "zod";
import type { Document } from "../../runtime/graph/document.ts";
import { readDocument } from "../../runtime/graph/read.ts";
import type { Entry, History } from "../document/history.ts";
import type { OpenFile } from "../state/editor-store.ts";

/** What one record of a journal does to the history before it. */
export type Step =
  | { readonly do: "snapshot"; readonly history: History; readonly file: OpenFile }
  | { readonly do: "push"; readonly entry: Entry }
  /** More of the last entry's gesture: patches after its forward ones and before its backward ones. */
  | {
      readonly do: "grow";
      readonly forward: Entry["forward"];
      readonly backward: Entry["backward"];
    }
  | { readonly do: "end" }
  | { readonly do: "undo" }
  | { readonly do: "redo" }
  /** `saved` is null where it is the present document. */
  | { readonly do: "saved"; readonly name: string; readonly saved: Document | null };

/** A line of a journal; `seq` counts by one within a draft. */
export interface JournalRecord {
  readonly draft: string;
  readonly seq: number;
  readonly step: Step;
}

/** What is known of a draft without reading its journal. */
export const draftHead = z.object({
  id: z.string(),
  /** Which file it is a draft of: the same for the same file in every tab. */
  documentId: z.string(),
  /** The document's own name. */
  title: z.string(),
  fileName: z.string(),
  /** Of the file, as it was last read or written; null where it is none. */
  lastModified: z.nullable(z.number()).catch(null),
  dirty: z.boolean(),
  /** When it was last written, in milliseconds since 1970. */
  at: z.number(),
});
export type DraftHead = Readonly<z.infer<typeof draftHead>>;

/** Where journals are kept; each `write` happens wholly or not at all, and in the order of the calls. */
export interface JournalStore {
  /** Appends, and drops the draft's records before `dropBelow`. */
  write(head: DraftHead, records: readonly JournalRecord[], dropBelow: number): Promise<void>;
  heads(): Promise<readonly DraftHead[]>;
  /** In any order, of any shape: what another version or a fault left there. */
  records(draft: string): Promise<readonly unknown[]>;
  remove(draft: string): Promise<void>;
}

const patches = z.array(
  z.object({
    op: z.enum(["replace", "remove", "add"]),
    path: z.array(z.union([z.string(), z.number()])),
    value: z.exactOptional(z.unknown()),
  }),
);
const entry = z.object({
  label: z.object({
    key: z.string(),
    values: z.exactOptional(z.record(z.string(), z.union([z.string(), z.number()]))),
  }),
  gesture: z.string().nullable(),
  forward: patches,
  backward: patches,
});
const document = z.unknown().transform((value, context) => {
  const { document: read } = readDocument(value);
  if (read !== null) return read;
  context.addIssue("not a document");
  return z.NEVER;
});
const step: z.ZodType<Step> = z.discriminatedUnion("do", [
  z.object({
    do: z.literal("snapshot"),
    history: z.object({ present: document, past: z.array(entry), future: z.array(entry) }),
    file: z.object({ name: z.string(), saved: document }),
  }),
  z.object({ do: z.literal("push"), entry }),
  z.object({ do: z.literal("grow"), forward: patches, backward: patches }),
  z.object({ do: z.literal("end") }),
  z.object({ do: z.literal("undo") }),
  z.object({ do: z.literal("redo") }),
  z.object({ do: z.literal("saved"), name: z.string(), saved: document.nullable() }),
]);
const record = z.object({ draft: z.string(), seq: z.int().min(0), step });

/** A record as it was written; null for anything else. */
export function readRecord(value: unknown): JournalRecord | null {
  const parsed = record.safeParse(value);
  return parsed.success ? parsed.data : null;
}
