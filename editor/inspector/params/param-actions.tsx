import { RotateCcw, SquareFunction } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { ParamField } from "../fields/fields-of.ts";
import { IconButton } from "../parts/icon-button.tsx";
import type { Param } from "./use-param.ts";

/** Beside a field: an expression instead of a number, and the way back to what stands there by itself. */
export function ParamActions({
  param,
  state,
}: {
  readonly param: ParamField;
  readonly state: Param;
}) {
  const { t } = useTranslation();
  const { name, fallback } = param;
  const { isExpression, written } = state;
  const mode = isExpression ? "inspector.expression.leave" : "inspector.expression.enter";
  const reset =
    fallback === undefined
      ? t("inspector.clear", { name })
      : t("inspector.reset", { name, value: JSON.stringify(fallback) });
  return (
    <div className="inspector-actions">
      {param.scalar && (
        <IconButton
          icon={SquareFunction}
          pressed={isExpression}
          label={t(mode, { name })}
          onClick={state.toggleExpression}
        />
      )}
      {written !== undefined && !param.required && (
        <IconButton icon={RotateCcw} label={reset} onClick={state.reset} />
      )}
    </div>
  );
}
