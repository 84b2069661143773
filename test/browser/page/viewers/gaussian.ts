/** The density of the standard normal distribution in the plane. */
export const gaussian = (x: number, y: number): number =>
  Math.exp(-(x * x + y * y) / 2) / (2 * Math.PI);
