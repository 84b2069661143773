import { useReactFlow } from "@xyflow/react";
import { Maximize, Plus, ZoomIn, ZoomOut } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useStudio } from "../app/use-studio.ts";
import { ViewsMenu } from "./views-menu.tsx";

/** Adding and zooming, at the canvas' lower left. */
export function Tools({ onAdd }: { readonly onAdd: () => void }) {
  const { view } = useStudio();
  const { t } = useTranslation();
  const flow = useReactFlow();
  const tools = [
    { name: "zoomOut", Icon: ZoomOut, run: () => flow.zoomOut() },
    { name: "zoomIn", Icon: ZoomIn, run: () => flow.zoomIn() },
    { name: "fit", Icon: Maximize, run: () => view.setState({ camera: "fit" }) },
  ] as const;
  return (
    <div className="canvas-tools" role="toolbar" aria-label={t("canvas.tools")}>
      <button type="button" className="app-icon-button canvas-add" onClick={onAdd}>
        <Plus size={15} aria-hidden />
        {t("canvas.add")}
      </button>
      <ViewsMenu />
      {tools.map(({ name, Icon, run }) => (
        <button
          key={name}
          type="button"
          className="app-icon-button"
          onClick={() => void run()}
          aria-label={t(`canvas.${name}`)}
          title={t(`canvas.${name}`)}
        >
          <Icon size={15} />
        </button>
      ))}
    </div>
  );
}
