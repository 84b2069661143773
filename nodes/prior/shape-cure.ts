import type { Prior, SignalRule } from "../../runtime/graph/values.ts";
import { sameShape, type Shape } from "../../runtime/tensor/tensor.ts";
import { fits, fitSize } from "../input/fit-size.ts";

/** What would mend a signal that a prior cannot take: what it does take, and how to get there. */
export function cureOf({ takes }: Pick<Prior, "takes">, signal: Shape): string {
  const { axes = signal.length, channels } = takes;
  const [given = 1, ...size] = signal;
  const wanted = channels ?? given;
  if (axes !== signal.length || size.length !== 2 || !isConvertible(given, wanted))
    return "Use a prior for signals of this shape.";
  const offers = offersFor(takes, size);
  const fitting = offers.find((offer) => sameShape(offer.size, size));
  const inGraph = "in a graph, the params fit and channels of input/image";
  if (fitting !== undefined)
    return `Give a ${wanted === 1 ? "grey" : "colour"} picture, or --fit ${fitting.fit} to have it converted (${inGraph}).`;
  const sizes = offers.map((offer) => `--fit ${offer.fit} makes it ${offer.size.join(" x ")}`);
  const also = wanted === given ? "" : `, in ${wanted === 1 ? "grey" : "colour"}`;
  return `For a picture from a file ${sizes.join(", ")}${also} (${inGraph}).`;
}

/** The size that each fit makes; a fit that makes none is left out. */
function offersFor({ spatial = [], multipleOf = 1 }: SignalRule, size: Shape) {
  return fits.flatMap((fit) => {
    const found = size.map((d, i) => fitSize(fit, d, { size: spatial[i] ?? null, multipleOf }));
    const whole = found.flatMap((d) => d ?? []);
    return whole.length < found.length ? [] : [{ fit, size: whole }];
  });
}

/** As `input/image` does: grey is repeated, and colours become grey. */
function isConvertible(from: number, to: number): boolean {
  return from === to || (from === 1 && to === 3) || (from === 3 && to === 1);
}
