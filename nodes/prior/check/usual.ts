import type { NetworkPorts } from "../network.ts";
import type { PartialParametrisation } from "../parametrisation.ts";

/**
 * What networks with such inputs are most often: a whole number is an index into the table of a discrete process, as in
 * Ho et al. 2020; `c_noise` and `noise_labels` are what the raw networks of Karras et al. 2022 are told. A guess, to be
 * tested.
 */
export function usualConvention({ time }: NetworkPorts): PartialParametrisation {
  if (time === null) return { predicts: "x0", process: "ve", conditioning: "none" };
  if (time.dtype.startsWith("int"))
    return { predicts: "eps", process: "vp-discrete", conditioning: "index" };
  if (/^(?:c_noise|noise_labels?)$/i.test(time.name))
    return { predicts: "edm", process: "ve", conditioning: "c-noise" };
  if (/sigma|noise/i.test(time.name))
    return { predicts: "x0", process: "ve", conditioning: "sigma" };
  return { predicts: "velocity", process: "flow", conditioning: "time" };
}
