import type { Field } from "../fields/field.ts";

/** What every control takes. A value that does not fit is handed on all the same: whoever holds the form refuses it in words. */
export interface ControlProps<F extends Field = Field> {
  readonly field: F;
  /** Undefined where nothing is written and nothing stands in its place. */
  readonly value: unknown;
  /** The param and, inside lists and objects, the part: the accessible name. */
  readonly label: string;
  /** The value is the default, not one that somebody wrote. */
  readonly isFallback?: boolean;
  readonly fallback?: unknown;
  readonly faulty?: boolean;
  /** Id of the sentence that says what is wrong. */
  readonly describedBy?: string | undefined;
  /** `undefined` takes the value out of the file. */
  readonly onChange: (value: unknown) => void;
  /** The gesture is over: what comes next is another entry of the history. */
  readonly onEnd: () => void;
  /** Forgets a value that was refused: what is in use is shown again. */
  readonly onCancel?: () => void;
}
