import { useMemo } from "react";
import { useAnalysis, useRun } from "../../app/use-studio.ts";
import { fieldsOf } from "../fields/fields-of.ts";
import { FormulaDocs } from "./formula-docs.tsx";
import { formulaNow } from "./formula-now.ts";
import { numbersOfRun } from "./numbers-of-run.ts";
import type { DocsPage } from "./page.ts";
import { valuesNow } from "./values-now.ts";

/** The formula of a node with the numbers that its params have now, and its inputs in the step that is looked at. */
export function NodeFormula({ page }: { readonly page: Extract<DocsPage, { kind: "node" }> }) {
  const { definition, given, wires, key } = page;
  const { formula, symbols } = formulaNow(definition, given);
  const ofRun = useNumbersOfRun(key);
  const values = { ...valuesNow(fieldsOf(definition), given, wires), ...ofRun };
  return <FormulaDocs formula={formula} given={symbols} values={values} />;
}

function useNumbersOfRun(key: string | null) {
  const document = useAnalysis((analysis) => analysis.document);
  const tracks = useRun((run) => run.tracks);
  const steps = useRun((run) => run.steps);
  const at = useRun((run) => run.at);
  return useMemo(
    () => (key === null ? {} : numbersOfRun(document, key, { tracks, steps, at })),
    [document, key, tracks, steps, at],
  );
}
