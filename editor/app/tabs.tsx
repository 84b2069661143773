import { X } from "lucide-react";
import { Tabs } from "radix-ui";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

export interface Tab<Name extends string> {
  readonly name: Name;
  readonly title: string;
  /** A count beside the title, such as that of problems. */
  readonly badge?: number | undefined;
  readonly content: ReactNode;
}

interface Props<Name extends string> {
  readonly label: string;
  readonly tabs: readonly Tab<Name>[];
  readonly shown: Name;
  readonly onShow: (name: Name) => void;
  readonly onHide: () => void;
}

/** A region's panels, of which one is shown; only that one is mounted. */
export function PanelTabs<Name extends string>({
  label,
  tabs,
  shown,
  onShow,
  onHide,
}: Props<Name>) {
  const { t } = useTranslation();
  return (
    <Tabs.Root
      className="app-tabs"
      value={shown}
      onValueChange={(name) => onShow(name as Name)}
      activationMode="automatic"
    >
      <h2 className="visually-hidden">{label}</h2>
      <div className="app-tab-row">
        <Tabs.List className="app-tab-list" aria-label={label}>
          {tabs.map(({ name, title, badge }) => (
            <Tabs.Trigger key={name} value={name} className="app-tab">
              {title}
              {badge !== undefined && badge > 0 && <span className="app-badge">{badge}</span>}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        <button
          type="button"
          className="app-icon-button"
          onClick={onHide}
          aria-label={t("app.hide", { label })}
        >
          <X size={14} />
        </button>
      </div>
      {tabs.map(({ name, content }) => (
        <Tabs.Content key={name} value={name} className="app-tab-content" tabIndex={-1}>
          {content}
        </Tabs.Content>
      ))}
    </Tabs.Root>
  );
}
