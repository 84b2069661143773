import { X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useStudio } from "../../app/use-studio.ts";
import { setParam } from "../edits/set-param.ts";
import { Faults } from "../parts/faults.tsx";
import { IconButton } from "../parts/icon-button.tsx";
import { Name } from "../parts/name.tsx";
import { useIssues } from "../parts/use-issues.ts";
import type { ParamHost } from "./param-host.ts";

/** Params that the file has and the definition does not know: kept as they are until somebody takes them out. */
export function UnknownParams({
  host,
  names,
}: {
  readonly host: ParamHost;
  readonly names: readonly string[];
}) {
  return names.map((name) => <UnknownParam key={name} host={host} name={name} />);
}

function UnknownParam({ host, name }: { readonly host: ParamHost; readonly name: string }) {
  const { t } = useTranslation();
  const { editor } = useStudio();
  const issues = useIssues(`${host.key}/params/${name}`);
  return (
    <div className="inspector-row" data-param={name}>
      <Name of={name} />
      <code className="inspector-control inspector-json">{JSON.stringify(host.given[name])}</code>
      <div className="inspector-actions">
        <IconButton
          icon={X}
          label={t("inspector.remove", { name })}
          onClick={() => {
            const label = { key: "inspector.edits.removeParam", values: { name } };
            editor.actions.edit({ label }, setParam(host.key, name, undefined));
          }}
        />
      </div>
      <Faults issues={issues} />
    </div>
  );
}
