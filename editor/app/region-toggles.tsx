import { PanelBottom, PanelLeft, PanelRight } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useStudio, useView } from "./use-studio.ts";

/** Shows and hides the regions around the canvas; what a region showed last comes back. */
export function RegionToggles() {
  const { t } = useTranslation();
  const { view } = useStudio();
  const shown = {
    left: useView((state) => state.left !== null),
    bottom: useView((state) => state.bottom !== null),
    right: useView((state) => state.right !== null),
  };
  const toggles = [
    { name: "left", Icon: PanelLeft, show: () => view.setState({ left: "library" }) },
    { name: "bottom", Icon: PanelBottom, show: () => view.setState({ bottom: "timeline" }) },
    { name: "right", Icon: PanelRight, show: () => view.setState({ right: "inspector" }) },
  ] as const;
  return (
    <span className="app-toggles">
      {toggles.map(({ name, Icon, show }) => (
        <button
          key={name}
          type="button"
          className="app-icon-button"
          aria-pressed={shown[name]}
          aria-label={t(`app.${name}.label`)}
          title={t(`app.${name}.label`)}
          onClick={() => (shown[name] ? view.setState({ [name]: null }) : show())}
        >
          <Icon size={16} />
        </button>
      ))}
    </span>
  );
}
