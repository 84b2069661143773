import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Formula } from "../formula.tsx";
import { Section } from "../parts/section.tsx";
import { boxed, latexNumber, replaceSymbols, type Symbols, symbolsIn } from "./symbols.ts";

interface Props {
  readonly formula: string;
  /** Signs that the definition names. */
  readonly given: Symbols;
  /** Params as they are now; those that a run computes have no number. */
  readonly values: Readonly<Record<string, unknown>>;
}

/** A formula, the same with the numbers of now, and the params that they belong to: pointing at one marks it. */
export function FormulaDocs({ formula, given, values }: Props) {
  const { t } = useTranslation();
  const [marked, setMarked] = useState<string | null>(null);
  const symbols = symbolsIn(formula, Object.keys(values), given);
  const numbers = Object.entries(values).filter(([, value]) => isShown(value));
  const known = numbers.filter(
    ([name, value]) => typeof value === "number" && symbols[name] !== undefined,
  );
  const substituted = replaceSymbols(formula, symbols, (name, _, before) => {
    const value = values[name];
    return typeof value === "number" ? latexNumber(value, before) : null;
  });
  const withMark = replaceSymbols(formula, symbols, (name, symbol) =>
    name === marked ? boxed(symbol) : null,
  );
  return (
    <Section title={t("inspector.docs.formula")}>
      <Formula latex={withMark} block />
      {numbers.length > 0 && (
        <>
          <h4 className="inspector-subtitle">{t("inspector.docs.now")}</h4>
          {known.length > 0 && <Formula latex={substituted} block />}
          <dl className="inspector-legend">
            {numbers.map(([name, value]) => (
              <div
                key={name}
                tabIndex={symbols[name] === undefined ? undefined : 0}
                data-linked={symbols[name] !== undefined}
                onPointerEnter={() => setMarked(name)}
                onPointerLeave={() => setMarked(null)}
                onFocus={() => setMarked(name)}
                onBlur={() => setMarked(null)}
              >
                <dt>
                  {symbols[name] !== undefined && <Formula latex={symbols[name]} />}
                  <span>{name}</span>
                </dt>
                <dd>
                  <code>{typeof value === "string" ? value : JSON.stringify(value)}</code>
                </dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </Section>
  );
}

/** A long list or a structure says nothing beside a formula. */
const isShown = (value: unknown): boolean =>
  value !== undefined && value !== null && JSON.stringify(value).length <= 40;
