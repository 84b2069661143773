/** One restoration of the demo. */
export interface Stage {
  readonly title: string;
  /** A shipped task. */
  readonly task: string;
  readonly baseline: "mean fill" | "bicubic";
}

export const sampler = "dps-mo";

/** In the order in which they run: small pictures first, so that there is something to see soon. */
export const stages: readonly Stage[] = [
  { title: "Box inpainting, 64 px", task: "box-inpainting-64", baseline: "mean fill" },
  { title: "Super-resolution x4, 64 px", task: "super-resolution-x4-64", baseline: "bicubic" },
  { title: "Box inpainting, 256 px", task: "box-inpainting-256", baseline: "mean fill" },
  { title: "Super-resolution x4, 256 px", task: "super-resolution-x4-256", baseline: "bicubic" },
];
