/** How a value is edited: what a form needs to know of a schema. */
export type Field =
  | NumberField
  | { readonly kind: "boolean" }
  | { readonly kind: "text"; readonly least: number; readonly most: number | null }
  | { readonly kind: "choice"; readonly values: readonly Constant[] }
  | { readonly kind: "constant"; readonly value: Constant }
  | ListField
  | { readonly kind: "tuple"; readonly items: readonly Field[] }
  | { readonly kind: "object"; readonly fields: readonly NamedField[] }
  | { readonly kind: "record"; readonly item: Field }
  | { readonly kind: "union"; readonly options: readonly UnionOption[] }
  /** Anything else, such as lists of lists of any depth: written as JSON. */
  | { readonly kind: "json" };

export type Constant = string | number | boolean | null;

export interface NumberField {
  readonly kind: "number";
  readonly integer: boolean;
  readonly min: Bound | null;
  readonly max: Bound | null;
  /** Pixels, seconds, …, where the schema says. */
  readonly unit: string | null;
}

export interface Bound {
  readonly value: number;
  /** Whether the bound itself is allowed. */
  readonly inclusive: boolean;
}

export interface ListField {
  readonly kind: "list";
  readonly item: Field;
  readonly least: number;
  readonly most: number | null;
}

export interface NamedField {
  readonly name: string;
  readonly field: Field;
  readonly required: boolean;
  /** What stands where nothing is written; undefined where there is no such value. */
  readonly fallback: unknown;
  /** The schema's own words, where it has some. */
  readonly description: string | null;
}

export interface UnionOption {
  /** A tag or field names, as data; null where only the kind of the field tells it apart. */
  readonly name: string | null;
  readonly field: Field;
}
