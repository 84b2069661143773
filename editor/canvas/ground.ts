const bare = ".canvas-zone, .canvas-lane, .canvas-empty-body";

/** Whether that is the ground of the canvas or of an open zone: nodes are added there. */
export const isGround = (target: EventTarget): boolean =>
  target instanceof Element &&
  (target.classList.contains("react-flow__pane") || target.matches(bare));
