import { Brush, Eraser, Redo2, RectangleHorizontal, Trash2, Undo2 } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Fit } from "./fit-photo.ts";
import type { Stroke } from "./mask.ts";
import { RectangleByNumbers } from "./rectangle-by-numbers.tsx";
import { Slider } from "./slider.tsx";
import { brushSizes, type Tool } from "./tool.ts";
import type { StrokeAction, StrokeHistory } from "./use-strokes.ts";

interface Props {
  readonly tool: Tool;
  readonly onTool: (tool: Tool) => void;
  readonly fit: Fit;
  readonly strokes: StrokeHistory;
  readonly onStroke: (action: StrokeAction) => void;
}

const tools = [
  { name: "brush", Icon: Brush, does: { shape: "brush", marks: true } },
  { name: "erase", Icon: Eraser, does: { shape: "brush", marks: false } },
  { name: "rectangle", Icon: RectangleHorizontal, does: { shape: "rectangle", marks: true } },
] as const;

/** What the mask is painted with. */
export function MaskTools({ tool, onTool, fit, strokes, onStroke }: Props) {
  const { t } = useTranslation();
  const add = (stroke: Stroke): void => onStroke({ do: "add", stroke });
  return (
    <div className="restore-group">
      <p className="restore-soft">{t("restore.mask.about")}</p>
      <div className="restore-tools">
        <span className="restore-segments" role="group" aria-label={t("restore.mask.tools")}>
          {tools.map(({ name, Icon, does }) => (
            <ToolButton
              key={name}
              name={t(`restore.mask.tool.${name}`)}
              pressed={tool.shape === does.shape && tool.marks === does.marks}
              onPress={() => onTool({ ...tool, ...does })}
            >
              <Icon size={16} aria-hidden />
            </ToolButton>
          ))}
        </span>
        <ToolButton
          name={t("restore.mask.undo")}
          disabled={strokes.past.length === 0}
          onPress={() => onStroke({ do: "undo" })}
        >
          <Undo2 size={16} aria-hidden />
        </ToolButton>
        <ToolButton
          name={t("restore.mask.redo")}
          disabled={strokes.future.length === 0}
          onPress={() => onStroke({ do: "redo" })}
        >
          <Redo2 size={16} aria-hidden />
        </ToolButton>
        <ToolButton
          name={t("restore.mask.clear")}
          disabled={strokes.present.length === 0}
          onPress={() => onStroke({ do: "clear" })}
        >
          <Trash2 size={16} aria-hidden />
        </ToolButton>
      </div>
      {tool.shape === "brush" && (
        <Slider
          label={t("restore.mask.size")}
          value={tool.size}
          {...brushSizes}
          step={1}
          text={t("restore.pixels", { count: tool.size })}
          onChange={(size) => onTool({ ...tool, size })}
        />
      )}
      <RectangleByNumbers fit={fit} onStroke={add} />
    </div>
  );
}

interface ButtonProps {
  readonly name: string;
  readonly pressed?: boolean;
  readonly disabled?: boolean;
  readonly onPress: () => void;
  readonly children: ReactNode;
}

function ToolButton({ name, pressed, disabled = false, onPress, children }: ButtonProps) {
  return (
    <button
      type="button"
      className="restore-tool"
      aria-label={name}
      title={name}
      aria-pressed={pressed}
      disabled={disabled}
      onClick={onPress}
    >
      {children}
    </button>
  );
}
