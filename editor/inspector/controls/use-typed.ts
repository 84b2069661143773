import { useEffect, useRef, useState } from "react";

interface Typing {
  /** What is in the field and not handed on yet; null where the field shows the value. */
  readonly text: string | null;
  readonly type: (text: string) => void;
  /** Hands on what was typed. */
  readonly commit: () => void;
  readonly drop: () => void;
}

/** Text that is handed on as a whole, once it is typed: also when its field goes away before it is left. */
export function useTyped(take: (text: string) => void): Typing {
  const [text, setText] = useState<string | null>(null);
  const commit = (): void => {
    if (text === null) return;
    setText(null);
    take(text);
  };
  const latest = useRef(commit);
  useEffect(() => {
    latest.current = commit;
  });
  useEffect(() => () => latest.current(), []);
  return { text, type: setText, commit, drop: () => setText(null) };
}
