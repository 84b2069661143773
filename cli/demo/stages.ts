import { parseFeed } from "../run/parse-settings.ts";

/** One restoration of the demo. */
export interface Stage {
  readonly title: string;
  /** A shipped task. */
  readonly task: string;
  /** What differs from the task, as `--with` takes it. */
  readonly feeds: readonly ReturnType<typeof parseFeed>[];
}

export const sampler = "dps-mo";

const picture = (file: string) => parseFeed(`image=input/image:file=${file}`);

/**
 * In the order in which they run: small pictures first, so that there is something to see soon. The
 * prior was trained on 64 px crops: at 256 px the task's missing box is smaller than one, and the
 * levels begin at 3, for from 10 the hole's colour drifts.
 */
export const stages: readonly Stage[] = [
  {
    title: "Box inpainting, 64 px",
    task: "box-inpainting-64",
    feeds: [picture("chelsea_64")],
  },
  {
    title: "Super-resolution x4, 64 px",
    task: "super-resolution-x4-64",
    feeds: [picture("flower_64")],
  },
  {
    title: "Box inpainting, 256 px",
    task: "box-inpainting-256",
    feeds: [
      picture("chelsea_256"),
      parseFeed("schedule=schedule/poly:steps=50,sigmaMax=3,sigmaMin=0.05"),
    ],
  },
  {
    title: "Super-resolution x4, 256 px",
    task: "super-resolution-x4-256",
    feeds: [picture("rocket_256")],
  },
];
