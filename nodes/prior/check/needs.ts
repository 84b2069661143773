import {
  missingEssentials,
  type Essential,
  type PartialParametrisation,
} from "../parametrisation.ts";
import type { Fit } from "./conventions.ts";

const questions: Readonly<Record<Essential, string>> = {
  predicts: "what does it predict: x0, eps, v, score, velocity or edm (a raw EDM network)?",
  process: "which process was it trained on: ve, vp-discrete, vp-continuous or flow?",
  conditioning: "what is it told about the noise: sigma, log-sigma, c-noise, index, time or none?",
};

/** `needs: predicts: …`, a line for each question that nobody has answered, with the answer that fits best. */
export function needsOf(known: PartialParametrisation, best: Fit | undefined): readonly string[] {
  return missingEssentials(known).map((name) => {
    const guess = best?.partial[name];
    const isGuessed = guess !== undefined && best !== undefined && best.gainDb > 0;
    return `needs: ${name}: ${questions[name]}${isGuessed ? ` ${guess} fits best.` : ""}`;
  });
}
