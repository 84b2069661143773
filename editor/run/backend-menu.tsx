import { Check, ChevronDown, Cpu, Server } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { useTranslation } from "react-i18next";
import { useRun, useStudio } from "../app/use-studio.ts";
import type { Backend, RunSettings } from "./run-store.ts";

type Where = RunSettings["where"];

const backends: Readonly<Record<Where, readonly Backend[]>> = {
  browser: ["auto", "webgpu", "wasm"],
  server: ["auto", "cuda", "webgpu", "cpu"],
};

/** Where runs compute, and on what; what was chosen and why stands below. */
export function BackendMenu() {
  const { t } = useTranslation();
  const where = useRun((state) => state.where);
  const backend = useRun((state) => state.backend);
  const places = useRun((state) => state.places);
  const chosen = useRun((state) => state.chosen);
  const Icon = where === "server" ? Server : Cpu;
  const name = t(`run.backend.${backend}`);
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger
        className="run-backend"
        aria-label={t("run.backend.label", { where: t(`run.where.${where}`), backend: name })}
      >
        <Icon size={14} aria-hidden />
        <span>{places.length > 1 ? t(`run.where.${where}`) : name}</span>
        <ChevronDown size={13} aria-hidden />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="app-menu run-menu" align="center" sideOffset={4}>
          {places.map((place) => (
            <PlaceItems key={place} place={place} isHere={place === where} backend={backend} />
          ))}
          {chosen !== null && <p className="run-chosen">{chosen}</p>}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

interface PlaceProps {
  readonly place: Where;
  readonly isHere: boolean;
  readonly backend: Backend;
}

function PlaceItems({ place, isHere, backend }: PlaceProps) {
  const { t } = useTranslation();
  const { actions } = useStudio().run;
  const choose = (next: string) => {
    if (!isHere) actions.setWhere(place);
    actions.setBackend(next as Backend);
  };
  return (
    <DropdownMenu.RadioGroup value={isHere ? backend : ""} onValueChange={choose}>
      <DropdownMenu.Label className="run-menu-label">{t(`run.where.${place}`)}</DropdownMenu.Label>
      {backends[place].map((id) => (
        <DropdownMenu.RadioItem key={id} value={id} className="app-menu-item">
          <DropdownMenu.ItemIndicator className="app-menu-check">
            <Check size={14} />
          </DropdownMenu.ItemIndicator>
          {t(`run.backend.${id}`)}
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  );
}
