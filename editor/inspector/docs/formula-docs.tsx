import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Formula } from "../formula.tsx";
import { Section } from "../parts/section.tsx";
import { equationsOf } from "./formula-now.ts";
import { boxed, latexNumber, replaceSymbols, signed, type Symbols, symbolsIn } from "./symbols.ts";

interface Props {
  readonly formula: string;
  /** Signs that the definition names. */
  readonly given: Symbols;
  /** Params and wires as they are now; those that a run computes have no number. */
  readonly values: Readonly<Record<string, unknown>>;
}

/** A formula, the same with the numbers of now, and what its signs are: pointing at either marks the other. */
export function FormulaDocs({ formula, given, values }: Props) {
  const { t } = useTranslation();
  const [marked, setMarked] = useState<string | null>(null);
  const symbols = symbolsIn(formula, Object.keys(values), given);
  const shown = Object.entries(values).filter(([, value]) => isShown(value));
  const isKnown = shown.some(
    ([name, value]) => typeof value === "number" && symbols[name] !== undefined,
  );
  const substituted = replaceSymbols(formula, symbols, (name, symbol, before) => {
    const value = values[name];
    return signed(name, typeof value === "number" ? latexNumber(value, before) : symbol);
  });
  const withMark = replaceSymbols(formula, symbols, (name, symbol) =>
    signed(name, name === marked ? boxed(symbol) : symbol),
  );
  const about = marked === null ? undefined : t("inspector.docs.sign", textOf(marked, values));
  return (
    <Section title={t("inspector.docs.formula")}>
      <div title={about}>
        <Equations latex={withMark} onPoint={setMarked} />
        {isKnown && (
          <>
            <h4 className="inspector-subtitle">{t("inspector.docs.now")}</h4>
            <Equations latex={substituted} onPoint={setMarked} />
          </>
        )}
      </div>
      <dl className="inspector-legend">
        {shown.map(([name, value]) => (
          <div
            key={name}
            tabIndex={symbols[name] === undefined ? undefined : 0}
            data-linked={symbols[name] !== undefined}
            data-marked={name === marked}
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
              <code>{written(value)}</code>
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

interface EquationsProps {
  readonly latex: string;
  readonly onPoint: (name: string | null) => void;
}

function Equations({ latex, onPoint }: EquationsProps) {
  return equationsOf(latex).map((equation, i) => (
    // oxlint-disable-next-line react/no-array-index-key -- equations have no other name
    <Formula key={i} latex={equation} block onPoint={onPoint} />
  ));
}

function written(value: unknown): string {
  if (typeof value === "number") return String(Number(value.toPrecision(6)));
  return typeof value === "string" ? value : JSON.stringify(value);
}

const textOf = (name: string, values: Props["values"]) => ({ name, value: written(values[name]) });

/** A long list or a structure says nothing beside a formula. */
const isShown = (value: unknown): boolean =>
  value !== undefined && value !== null && JSON.stringify(value).length <= 40;
