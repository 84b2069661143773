import { Link2, Unplug } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useStudio } from "../../app/use-studio.ts";
import { disconnect } from "../../document/edits/connect.ts";
import type { ParamField } from "../fields/fields-of.ts";
import { Faults } from "../parts/faults.tsx";
import { IconButton } from "../parts/icon-button.tsx";
import { Name } from "../parts/name.tsx";
import { RefLink } from "../parts/ref-link.tsx";
import { useIssues } from "../parts/use-issues.ts";
import type { ParamHost } from "./param-host.ts";

interface Props {
  readonly host: ParamHost;
  readonly param: ParamField;
  readonly wire: string;
}

/** A wire gives the value: it wins over whatever the file says. */
export function WiredRow({ host, param, wire }: Props) {
  const { t } = useTranslation();
  const { editor } = useStudio();
  const key = `${host.key}/in/${param.name}`;
  const issues = useIssues(key);
  const cut = (): void => {
    const label = { key: "edits.disconnect" };
    editor.actions.edit({ label }, (draft) => disconnect(draft, [key]));
  };
  return (
    <div className="inspector-row" data-param={param.name}>
      <Name of={param.name} title={param.description} />
      <div className="inspector-control inspector-wired">
        <Link2 size={14} aria-hidden="true" />
        <RefLink wire={key} text={wire} />
      </div>
      <div className="inspector-actions">
        <IconButton
          icon={Unplug}
          label={t("inspector.disconnect", { name: param.name })}
          onClick={cut}
        />
      </div>
      <Faults issues={issues} />
    </div>
  );
}
