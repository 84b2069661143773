import type { DraftKeeper } from "./draft-keeper.ts";
import { replay } from "./journal-replay.ts";
import type { DraftHead } from "./journal-record.ts";
import type { Opener } from "./opening.ts";
import type { StorageActions, StorageContents } from "./storage.ts";
import type { Origin } from "./storage-state.ts";

const dayMs = 86_400_000;
/** Drafts that hold nothing unsaved are kept for a tab that comes back with its history. */
const cleanDays = 7;

/** Drafts of tabs that are gone. */
export interface Recovery extends Pick<StorageActions, "recover" | "discard"> {
  /** Brings back the draft that this tab wrote before it was reloaded; false where there is none. */
  resume(draft: string): Promise<boolean>;
  /** Looks for unsaved drafts, and forgets old ones that hold nothing. */
  look(): Promise<readonly DraftHead[]>;
}

export function createRecovery(
  contents: StorageContents,
  { claim }: Opener,
  keeper: DraftKeeper,
): Recovery {
  const { state, studio, database, locks, newId, now } = contents;

  const originOf = ({ documentId, fileName, lastModified }: DraftHead): Origin => {
    const known = state.getState().recent.find((recent) => recent.documentId === documentId);
    return { documentId, fileName, handle: known?.handle ?? null, lastModified };
  };
  const bringBack = async (head: DraftHead): Promise<boolean> => {
    const recovered = replay((await database?.journals.records(head.id)) ?? []);
    if (recovered === null) return false;
    const origin = originOf(head);
    if (!(await claim(origin))) await claim({ ...origin, documentId: newId(), handle: null });
    state.setState({ savedAt: null });
    studio.editor.actions.restore(recovered.history, recovered.file);
    return true;
  };
  const look = async (): Promise<readonly DraftHead[]> => {
    const held = await locks.heldDrafts();
    const dead = ((await database?.journals.heads()) ?? []).filter(({ id }) => !held.has(id));
    const old = dead.filter(({ dirty, at }) => !dirty && now() - at > cleanDays * dayMs);
    if (database !== null) await Promise.all(old.map(({ id }) => database.journals.remove(id)));
    const recoverable = dead.filter(({ dirty }) => dirty).toSorted((a, b) => b.at - a.at);
    state.setState({ recoverable });
    return recoverable;
  };
  /** Takes a draft from whoever left it; the journal goes on under a new id. */
  const take = async (id: string): Promise<boolean> => {
    const release = await locks.holdDraft(id);
    if (release === null) return false;
    const head = (await database?.journals.heads())?.find((draft) => draft.id === id);
    const back = head !== undefined && (await bringBack(head));
    if (back) {
      keeper.flush();
      await keeper.settled();
      if (state.getState().journal === "kept") await database?.journals.remove(id);
    }
    release();
    return back;
  };
  return {
    look,
    resume: take,
    recover: async (id) => {
      const back = await take(id);
      if (!back) studio.announce({ key: "storage.recovery.failed" });
      await look();
    },
    discard: async (id) => {
      const release = await locks.holdDraft(id);
      if (release !== null) await database?.journals.remove(id);
      release?.();
      await look();
    },
  };
}
