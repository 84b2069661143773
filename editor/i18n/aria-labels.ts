import type { AriaLabelConfig } from "@xyflow/react";
import type { TFunction } from "i18next";

/** What xyflow says of its parts. */
export const ariaLabels = (t: TFunction): AriaLabelConfig => ({
  "node.a11yDescription.default": t("commands.aria.node"),
  "node.a11yDescription.keyboardDisabled": t("commands.aria.node"),
  "node.a11yDescription.ariaLiveMessage": ({ direction, x, y }) =>
    t("commands.aria.moved", { direction, x: Math.round(x), y: Math.round(y) }),
  "edge.a11yDescription.default": t("commands.aria.wire"),
  "controls.ariaLabel": t("commands.aria.controls"),
  "controls.zoomIn.ariaLabel": t("commands.view.zoomIn"),
  "controls.zoomOut.ariaLabel": t("commands.view.zoomOut"),
  "controls.fitView.ariaLabel": t("commands.view.fit"),
  "controls.interactive.ariaLabel": t("commands.aria.interactive"),
  "minimap.ariaLabel": t("commands.aria.map"),
  "handle.ariaLabel": t("commands.aria.port"),
});
