import { useTranslation } from "react-i18next";
import { formatValue, type ScopeName } from "./expression-names.ts";

interface Props {
  readonly id: string;
  readonly offered: readonly ScopeName[];
  /** Which of them the arrow keys are on. */
  readonly active: number;
  readonly onTake: (name: ScopeName) => void;
}

/** Names that go on from what is being written, each with its number or type. */
export function CompletionList({ id, offered, active, onTake }: Props) {
  const { t } = useTranslation();
  if (offered.length === 0) return null;
  return (
    <ul
      className="inspector-completions"
      role="listbox"
      id={`${id}-list`}
      aria-label={t("inspector.expression.names")}
    >
      {offered.map((name, i) => (
        <li
          key={name.name}
          id={`${id}-${i}`}
          role="option"
          aria-selected={i === active}
          onPointerDown={(event) => {
            event.preventDefault();
            onTake(name);
          }}
        >
          <code>{name.name}</code>
          <span>{name.value === null ? name.type : formatValue(name.value)}</span>
        </li>
      ))}
    </ul>
  );
}
