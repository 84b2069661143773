import { z } from "zod";
import type { EditorStore } from "../state/editor-store.ts";
import type { Interrupted, RunState, RunStore } from "./run-store.ts";

const memoryKey = "denoodle.run";
const kept = z.object({
  document: z.string(),
  step: z.number().nullable(),
  count: z.number().nullable(),
});

interface Parts {
  readonly run: RunStore;
  readonly editor: EditorStore;
  /** Lives as long as the tab. */
  readonly memory: {
    getItem(key: string): string | null;
    setItem(key: string, value: string): void;
    removeItem(key: string): void;
  };
  /** Calls back when the page is about to go. */
  readonly beforeGone: (tell: () => void) => void;
}

/** Says of the document that is open if its run was interrupted by a reload, and remembers the next that may be. */
export function followInterruptions({ run, editor, memory, beforeGone }: Parts): void {
  const nameNow = (): string => editor.getState().history.present.name;
  const left = readKept(memory.getItem(memoryKey));
  memory.removeItem(memoryKey);
  if (left !== null && left.document === nameNow())
    run.setState({ interrupted: { step: left.step, count: left.count } });
  const keep = (): void => {
    const state = run.getState();
    if (isGoing(state))
      memory.setItem(memoryKey, JSON.stringify({ document: nameNow(), ...placeOf(state) }));
    else memory.removeItem(memoryKey);
  };
  run.subscribe((now, before) => {
    if (isGoing(now) !== isGoing(before)) keep();
  });
  beforeGone(keep);
}

const isGoing = ({ phase }: RunState): boolean =>
  phase === "starting" || phase === "running" || phase === "paused";

function placeOf({ zones }: RunState): Interrupted {
  const going = Object.values(zones).findLast(({ iteration }) => iteration > 0);
  return { step: going?.iteration ?? null, count: going?.count ?? null };
}

function readKept(text: string | null): z.infer<typeof kept> | null {
  if (text === null) return null;
  const read = kept.safeParse(JSON.parse(text));
  return read.success ? read.data : null;
}
