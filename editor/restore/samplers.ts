/** A sampler of `graphs/samplers` that restores photos. */
export interface RestoringSampler {
  readonly name: string;
  /** Whether it is told how noisy the photo is; the others take it for free of noise, or find their own measure. */
  readonly knowsNoise: boolean;
}

/** All of them work with every operator of a photo; the first is the best choice where nothing else is known. */
export const restoringSamplers: readonly RestoringSampler[] = [
  { name: "dps-mo", knowsNoise: true },
  { name: "reddiff-mo", knowsNoise: true },
  { name: "ddrm", knowsNoise: true },
  { name: "ddnm-plus", knowsNoise: true },
  { name: "pigdm", knowsNoise: false },
  { name: "dps", knowsNoise: false },
];
