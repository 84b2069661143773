import type { Prior } from "../../runtime/graph/values.ts";
import { sameShape, type Shape } from "../../runtime/tensor/tensor.ts";
import { fits, fitSize } from "../input/fit-size.ts";

/** What would mend a signal that a prior cannot take: what it does take, and how to get there. */
export function cureOf({ takes }: Pick<Prior, "takes">, signal: Shape): string {
  const { axes = signal.length, channels, spatial = [], multipleOf = 1 } = takes;
  const [given = 1, ...size] = signal;
  if (axes !== signal.length || size.length !== 2 || !isConvertible(given, channels ?? given))
    return "Use a prior for signals of this shape.";
  const offers = fits.flatMap((fit) => {
    const found = size.map((d, i) => fitSize(fit, d, { size: spatial[i] ?? null, multipleOf }));
    const whole = found.flatMap((d) => d ?? []);
    return whole.length < found.length ? [] : [{ fit, size: whole }];
  });
  const fitting = offers.find((offer) => sameShape(offer.size, size));
  const inGraph = "in a graph, the params fit and channels of input/image";
  if (fitting !== undefined)
    return `Give a ${channels === 1 ? "grey" : "colour"} picture, or --fit ${fitting.fit} to have it converted (${inGraph}).`;
  const sizes = offers.map((offer) => `--fit ${offer.fit} makes it ${offer.size.join(" x ")}`);
  const also =
    channels === undefined || channels === given
      ? ""
      : `, ${channels === 1 ? "in grey" : "in colour"}`;
  return `For a picture from a file ${sizes.join(", ")}${also} (${inGraph}).`;
}

/** Grey is repeated, and colours become grey. */
function isConvertible(from: number, to: number): boolean {
  return from === to || from === 1 || (from === 3 && to === 1);
}
