/** What a gesture on the picture does to the mask. */
export interface Tool {
  readonly shape: "brush" | "rectangle";
  /** False where it takes away. */
  readonly marks: boolean;
  /** Of the brush, across, in pixels of the fitted photo. */
  readonly size: number;
}

export const firstTool: Tool = { shape: "brush", marks: true, size: 20 };
export const brushSizes = { min: 2, max: 80 } as const;
