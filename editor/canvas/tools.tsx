import { useReactFlow } from "@xyflow/react";
import { Maximize, Minus, Plus } from "lucide-react";
import { useTranslation } from "react-i18next";

/** Zoom, at the canvas' lower right. */
export function Tools() {
  const { t } = useTranslation();
  const flow = useReactFlow();
  const tools = [
    { name: "zoomOut", Icon: Minus, run: () => flow.zoomOut() },
    { name: "zoomIn", Icon: Plus, run: () => flow.zoomIn() },
    { name: "fit", Icon: Maximize, run: () => flow.fitView({ padding: 0.1, maxZoom: 1 }) },
  ] as const;
  return (
    <div className="canvas-tools" role="toolbar" aria-label={t("canvas.tools")}>
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
