import { Check, PanelsTopLeft } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { useTranslation } from "react-i18next";
import { KeyCaps } from "../commands/key-caps.tsx";
import type { ViewState } from "../state/view-store.ts";
import { useStudio, useView } from "./use-studio.ts";

const themes = ["system", "light", "dark"] as const satisfies readonly ViewState["theme"][];

/** What is shown when a region comes back that is hidden now, and the key that does it too. */
const regions = [
  { name: "left", keys: "[", panel: { left: "library" } },
  { name: "picture", keys: "\\", panel: { picture: "shown" } },
  { name: "bottom", keys: "`", panel: { bottom: "timeline" } },
  { name: "right", keys: "]", panel: { right: "inspector" } },
] as const satisfies readonly {
  readonly name: "left" | "picture" | "bottom" | "right";
  readonly keys: string;
  readonly panel: Partial<ViewState>;
}[];

/** Which regions are shown around the canvas, and the theme. */
export function ViewMenu() {
  const { t } = useTranslation();
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        className="app-icon-button"
        aria-label={t("app.view.label")}
        title={t("app.view.label")}
      >
        <PanelsTopLeft size={16} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="app-menu app-view-menu" align="end" sideOffset={6}>
          {regions.map((region) => (
            <RegionItem key={region.name} {...region} />
          ))}
          <DropdownMenu.Separator className="app-menu-line" />
          <DropdownMenu.Label className="app-menu-label">{t("app.theme.label")}</DropdownMenu.Label>
          <Themes />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function RegionItem({ name, keys, panel }: (typeof regions)[number]) {
  const { t } = useTranslation();
  const { view } = useStudio();
  const isShown = useView((state) => state[name] !== null);
  return (
    <DropdownMenu.CheckboxItem
      className="app-menu-item app-view-item"
      checked={isShown}
      onCheckedChange={() => view.setState(isShown ? { [name]: null } : panel)}
    >
      <Mark />
      {t(`app.${name}.label`)}
      <KeyCaps keys={keys} />
    </DropdownMenu.CheckboxItem>
  );
}

function Themes() {
  const { t } = useTranslation();
  const { view } = useStudio();
  const theme = useView((state) => state.theme);
  return (
    <DropdownMenu.RadioGroup
      value={theme}
      onValueChange={(next) => view.setState({ theme: next as ViewState["theme"] })}
    >
      {themes.map((name) => (
        <DropdownMenu.RadioItem key={name} value={name} className="app-menu-item">
          <Mark />
          {t(`app.theme.${name}`)}
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  );
}

const Mark = () => (
  <DropdownMenu.ItemIndicator className="app-menu-check">
    <Check size={14} />
  </DropdownMenu.ItemIndicator>
);
