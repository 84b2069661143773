import { fieldsOf } from "../fields/fields-of.ts";
import { FormulaDocs } from "./formula-docs.tsx";
import { formulaNow } from "./formula-now.ts";
import type { DocsPage } from "./page.ts";
import { valuesNow } from "./values-now.ts";

/** The formula of a node with the numbers that its params have now. */
export function NodeFormula({ page }: { readonly page: Extract<DocsPage, { kind: "node" }> }) {
  const { definition, given, wires } = page;
  const { formula, symbols } = formulaNow(definition, given);
  const values = valuesNow(fieldsOf(definition), given, wires);
  return <FormulaDocs formula={formula} given={symbols} values={values} />;
}
