import { useEffect, useId, useRef, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { CompletionList } from "./completion-list.tsx";
import { formatValue, valueNow, wordAt, type ScopeName } from "./expression-names.ts";
import { useCompletions } from "./use-completions.ts";

interface Props {
  /** With its leading "=". */
  readonly text: string;
  readonly names: readonly ScopeName[];
  readonly label: string;
  readonly faulty: boolean;
  readonly describedBy: string | undefined;
  readonly onChange: (text: string) => void;
  readonly onEnd: () => void;
}

/** An expression: names are completed while typing, and its value stands below where it is known without a run. */
export function ExpressionControl(props: Props) {
  const { text, names, label, faulty, describedBy, onChange, onEnd } = props;
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const completing = useCompletions(text, names);
  const { offered, active, close } = completing;
  useCaretAtEnd(input, text === "=");
  const take = ({ name }: ScopeName): void => {
    const caret = input.current?.selectionStart ?? text.length;
    const { from } = wordAt(text, caret);
    onChange(`${text.slice(0, from)}${name}${text.slice(caret)}`);
    close();
    const after = from + name.length;
    requestAnimationFrame(() => input.current?.setSelectionRange(after, after));
  };
  const press = (event: KeyboardEvent): void => {
    if (completing.press(event, take)) return event.preventDefault();
    if (event.key === "Enter") onEnd();
  };
  const value = faulty ? null : valueNow(text, names);
  return (
    <div className="inspector-expression">
      <input
        ref={input}
        className="inspector-text inspector-mono"
        role="combobox"
        spellCheck={false}
        autoComplete="off"
        aria-label={t("inspector.expression.of", { label })}
        aria-autocomplete="list"
        aria-expanded={offered.length > 0}
        aria-controls={offered.length > 0 ? `${id}-list` : undefined}
        aria-activedescendant={offered.length > 0 ? `${id}-${active}` : undefined}
        aria-invalid={faulty}
        aria-describedby={describedBy}
        value={text}
        onChange={({ currentTarget: { value: typed, selectionStart } }) => {
          const next = typed.startsWith("=") ? typed : `=${typed}`;
          onChange(next);
          completing.look((selectionStart ?? typed.length) + next.length - typed.length);
        }}
        onKeyDown={press}
        onBlur={() => {
          close();
          onEnd();
        }}
      />
      <CompletionList id={id} offered={offered} active={active} onTake={take} />
      {value !== null && (
        <output className="inspector-now">
          {t("inspector.expression.now", { value: formatValue(value) })}
        </output>
      )}
    </div>
  );
}

/** A field that a "=" has just called up goes on where the number was being typed. */
function useCaretAtEnd(input: React.RefObject<HTMLInputElement | null>, isFresh: boolean): void {
  const wasFresh = useRef(isFresh);
  useEffect(() => {
    if (!wasFresh.current) return;
    input.current?.focus();
    input.current?.setSelectionRange(1, 1);
  }, [input]);
}
