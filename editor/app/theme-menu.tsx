import { Check, SunMoon } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { useTranslation } from "react-i18next";
import type { ViewState } from "../state/view-store.ts";
import { useStudio, useView } from "./use-studio.ts";

const themes = ["system", "light", "dark"] as const satisfies readonly ViewState["theme"][];

export function ThemeMenu() {
  const { t } = useTranslation();
  const { view } = useStudio();
  const theme = useView((state) => state.theme);
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger className="app-icon-button" aria-label={t("app.theme.label")}>
        <SunMoon size={16} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="app-menu" align="end" sideOffset={4}>
          <DropdownMenu.RadioGroup
            value={theme}
            onValueChange={(next) => view.setState({ theme: next as ViewState["theme"] })}
          >
            {themes.map((name) => (
              <DropdownMenu.RadioItem key={name} value={name} className="app-menu-item">
                <DropdownMenu.ItemIndicator className="app-menu-check">
                  <Check size={14} />
                </DropdownMenu.ItemIndicator>
                {t(`app.theme.${name}`)}
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
