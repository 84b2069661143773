type TaskName = "box" | "random" | "SR2" | "SR4" | "blur";

/** An operator of the study, and what it asks of the sampler. */
export interface StudyTask {
  readonly name: TaskName;
  readonly operator: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly slots: Readonly<Record<string, number>>;
}

export const tasks: readonly StudyTask[] = [
  {
    name: "box",
    operator: "operator/box-inpainting",
    params: { height: 12, width: 12 },
    slots: {},
  },
  {
    name: "random",
    operator: "operator/random-inpainting",
    params: { missing: 0.7, seed: 1 },
    slots: {},
  },
  { name: "SR2", operator: "operator/average", params: { factor: 2 }, slots: {} },
  { name: "SR4", operator: "operator/average", params: { factor: 4 }, slots: {} },
  {
    name: "blur",
    operator: "operator/gaussian-blur",
    params: { std: 1.5 },
    slots: { innerSteps: 60 },
  },
];

/** What the study found: PSNR in dB, and SSIM. */
export interface Expected {
  readonly psnr: number;
  readonly ssim: number;
}

/** One setting of DPS-MO: a row of the study. */
export interface Setting {
  readonly name: string;
  /** Levels of the schedule, and network evaluations. */
  readonly steps: number;
  readonly sigmaMin?: number;
  readonly slots?: Readonly<Record<string, number>>;
  /** Whether tasks do not set the number of inner steps. */
  readonly ownInnerSteps?: boolean;
  readonly expected: Readonly<Record<TaskName, Expected>>;
}

/** The rows of the study on Fashion-MNIST test images 0 to 15, and what it found: means over 3 seeds, the last two rows 1. */
export const settings: readonly Setting[] = [
  {
    name: "MO*, T = 20",
    steps: 20,
    expected: {
      box: { psnr: 23.54, ssim: 0.811 },
      random: { psnr: 20.75, ssim: 0.828 },
      SR2: { psnr: 23.38, ssim: 0.839 },
      SR4: { psnr: 18.86, ssim: 0.681 },
      blur: { psnr: 22.91, ssim: 0.819 },
    },
  },
  {
    name: "MO*, T = 50",
    steps: 50,
    expected: {
      box: { psnr: 23.8, ssim: 0.82 },
      random: { psnr: 22.1, ssim: 0.864 },
      SR2: { psnr: 23.65, ssim: 0.846 },
      SR4: { psnr: 19.27, ssim: 0.694 },
      blur: { psnr: 23.31, ssim: 0.824 },
    },
  },
  {
    name: "no noise, T = 50",
    steps: 50,
    sigmaMin: 0.1,
    slots: { temperature: 0, tied: 0 },
    ownInnerSteps: true,
    expected: {
      box: { psnr: 23.35, ssim: 0.81 },
      random: { psnr: 21.71, ssim: 0.846 },
      SR2: { psnr: 23.6, ssim: 0.842 },
      SR4: { psnr: 19.27, ssim: 0.694 },
      blur: { psnr: 22.95, ssim: 0.815 },
    },
  },
  {
    name: "literal, eta = 0.001",
    steps: 50,
    slots: { literal: 1 },
    ownInnerSteps: true,
    expected: {
      box: { psnr: 12.04, ssim: 0.222 },
      random: { psnr: 9.43, ssim: 0.127 },
      SR2: { psnr: 9.1, ssim: 0.089 },
      SR4: { psnr: 8.1, ssim: 0.045 },
      blur: { psnr: 10.79, ssim: 0.124 },
    },
  },
];
