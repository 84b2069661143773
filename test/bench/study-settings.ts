type TaskName = "box" | "random" | "SR2" | "SR4" | "blur" | "HDR" | "phase";

/** An operator of the study, and what it asks of the sampler. */
export interface StudyTask {
  readonly name: TaskName;
  readonly operator: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** Not for settings that keep their own. */
  readonly slots: Readonly<Record<string, number>>;
  /** First noise level, where it is not 10. Not for settings that keep their own. */
  readonly sigmaMax?: number;
  /** Whether the chain starts from the pseudo-inverse. Not for settings that keep their own. */
  readonly fromPinv?: boolean;
  /** Images, where fewer than all. */
  readonly images?: number;
  /** Runs of which the best PSNR counts. */
  readonly bestOf?: number;
  /** dB by which a result may differ from the study's. */
  readonly tolerance: number;
}

export const tasks: readonly StudyTask[] = [
  {
    name: "box",
    operator: "operator/box-inpainting",
    params: { height: 12, width: 12 },
    slots: {},
    tolerance: 0.5,
  },
  {
    name: "random",
    operator: "operator/random-inpainting",
    params: { missing: 0.7, seed: 1 },
    slots: {},
    tolerance: 0.5,
  },
  {
    name: "SR2",
    operator: "operator/average",
    params: { factor: 2 },
    slots: {},
    tolerance: 0.5,
  },
  {
    name: "SR4",
    operator: "operator/average",
    params: { factor: 4 },
    slots: {},
    tolerance: 0.5,
  },
  {
    name: "blur",
    operator: "operator/gaussian-blur",
    params: { std: 1.5 },
    slots: { innerSteps: 60 },
    tolerance: 0.5,
  },
  {
    name: "HDR",
    operator: "operator/hdr",
    params: { gain: 2 },
    slots: { tied: 0 },
    sigmaMax: 1,
    fromPinv: true,
    tolerance: 0.5,
  },
  {
    name: "phase",
    operator: "operator/phase-retrieval",
    params: { oversample: 2 },
    slots: {},
    images: 8,
    bestOf: 4,
    tolerance: 1,
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
  /** Whether what tasks ask for is left out. */
  readonly keepsOwn?: boolean;
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
      HDR: { psnr: 25.5, ssim: 0.873 },
      phase: { psnr: 19.68, ssim: 0.709 },
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
      HDR: { psnr: 26.41, ssim: 0.901 },
      phase: { psnr: 23.03, ssim: 0.794 },
    },
  },
  {
    name: "no noise, T = 50",
    steps: 50,
    sigmaMin: 0.1,
    slots: { temperature: 0, tied: 0 },
    keepsOwn: true,
    expected: {
      box: { psnr: 23.35, ssim: 0.81 },
      random: { psnr: 21.71, ssim: 0.846 },
      SR2: { psnr: 23.6, ssim: 0.842 },
      SR4: { psnr: 19.27, ssim: 0.694 },
      blur: { psnr: 22.95, ssim: 0.815 },
      HDR: { psnr: 23.44, ssim: 0.871 },
      phase: { psnr: 22.21, ssim: 0.775 },
    },
  },
  {
    name: "literal, eta = 0.001",
    steps: 50,
    slots: { literal: 1 },
    keepsOwn: true,
    expected: {
      box: { psnr: 12.04, ssim: 0.222 },
      random: { psnr: 9.43, ssim: 0.127 },
      SR2: { psnr: 9.1, ssim: 0.089 },
      SR4: { psnr: 8.1, ssim: 0.045 },
      blur: { psnr: 10.79, ssim: 0.124 },
      HDR: { psnr: 14.56, ssim: 0.455 },
      phase: { psnr: 9.88, ssim: 0.119 },
    },
  },
];
