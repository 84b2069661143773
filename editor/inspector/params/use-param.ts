import { useState } from "react";
import { isExpressionText } from "../../../runtime/graph/expression.ts";
import { own } from "../../../runtime/graph/own.ts";
import { useStudio } from "../../app/use-studio.ts";
import { analyse } from "../../document/analysis.ts";
import { uiNameOf } from "../../document/keys.ts";
import { setParam } from "../edits/set-param.ts";
import type { ParamField } from "../fields/fields-of.ts";
import { thingAround } from "../thing.ts";
import { whyNotParam, type ParamHost } from "./param-host.ts";

/** What was typed and does not fit: it stays in the field and out of the file. */
interface Refused {
  /** What the file held meanwhile: once that changes, the refused value is of no more interest. */
  readonly beside: unknown;
  readonly value: unknown;
  readonly why: string;
}

/** A param as its row shows and changes it. */
export interface Param {
  /** As the file has it; undefined where it has nothing. */
  readonly written: unknown;
  /** What the field shows: what was refused, what is written, else what stands there by itself. */
  readonly value: unknown;
  /** Null where all is well. */
  readonly refused: Refused | null;
  readonly isExpression: boolean;
  set(value: unknown): void;
  /** Ends the gesture: the next change is an entry of its own. */
  end(): void;
  /** Forgets what was refused. */
  cancel(): void;
  reset(): void;
  toggleExpression(): void;
}

/** One param of a host: every value goes through the same check and the same edit. */
export function useParam(host: ParamHost, param: ParamField): Param {
  const { editor } = useStudio();
  const [asked, setAsked] = useState(false);
  const { written, refused, set, cancel } = useWritten(host, param.name);
  const value = refused === null ? (written ?? param.fallback) : refused.value;
  const isExpression = param.scalar && (isExpressionText(value) || asked);
  const end = (): void => editor.actions.endGesture();
  const once = (next: unknown): void => {
    set(next);
    end();
  };
  return {
    written,
    refused,
    value,
    isExpression,
    end,
    cancel,
    set: (next) => {
      setAsked(isExpression);
      set(next);
    },
    reset: () => {
      setAsked(false);
      once(undefined);
    },
    toggleExpression: () => {
      setAsked(!isExpression);
      if (isExpression) once(typeof param.fallback === "number" ? param.fallback : undefined);
      else if (typeof value === "number") once(`=${value}`);
    },
  };
}

function useWritten(
  host: ParamHost,
  name: string,
): Pick<Param, "written" | "refused" | "set" | "cancel"> {
  const { editor, registry } = useStudio();
  const [refused, setRefused] = useState<Refused | null>(null);
  const written = own(host.given, name);
  return {
    written,
    cancel: () => setRefused(null),
    refused: refused !== null && Object.is(refused.beside, written) ? refused : null,
    set: (value) => {
      const recipe = setParam(host.key, name, value);
      const of = editor.getState().history.present;
      const why = whyNotParam(host, name, value, {
        set: recipe,
        of,
        analyse: (document) => analyse(document, registry),
      });
      if (why !== null) return setRefused({ beside: written, value, why });
      setRefused(null);
      const thing = thingAround(of, host.key)?.key ?? host.key;
      const label = { key: "inspector.edits.param", values: { name, of: uiNameOf(thing) } };
      editor.actions.edit({ label, gesture: `param:${host.key}:${name}` }, recipe);
    },
  };
}
