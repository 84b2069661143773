import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useAnalysis } from "../../app/use-studio.ts";
import { fieldsOf } from "../fields/fields-of.ts";
import { Section } from "../parts/section.tsx";
import { UnknownParams } from "./unknown-params.tsx";
import { languageNames, namesInScope, namesOfScalars } from "./expression-names.ts";
import type { ParamHost } from "./param-host.ts";
import { ParamRow } from "./param-row.tsx";

/** All params of a host; those that nobody knows stand at the end, to be taken out. */
export function ParamForm({ host }: { readonly host: ParamHost }) {
  const { t } = useTranslation();
  const analysis = useAnalysis((now) => now);
  const params = fieldsOf(host.shapes);
  const names = useMemo(() => {
    const around = host.scope === null ? [] : namesInScope(host.scope, analysis);
    const scalars = params
      .filter(({ scalar }) => scalar)
      // a wire gives the value, so it is known only in a run
      .map(
        ({ name, fallback }) =>
          [name, name in host.wires ? null : (host.given[name] ?? fallback)] as const,
      );
    return [...namesOfScalars(Object.fromEntries(scalars), around), ...around, ...languageNames];
  }, [host, params, analysis]);
  const unknown = Object.keys(host.given).filter(
    (name) => !params.some((param) => param.name === name),
  );
  if (params.length + unknown.length === 0) return null;
  return (
    <Section title={t("inspector.params")} wideActions={params.some(({ scalar }) => scalar)}>
      {params.map((param) => (
        <ParamRow
          key={param.name}
          host={host}
          param={param}
          names={names.filter(({ name }) => name !== param.name)}
        />
      ))}
      <UnknownParams host={host} names={unknown} />
    </Section>
  );
}
