const order = 16;
const panels = 32;
const rule = gaussLegendre(order);

/**
 * ∫ f over [from, to] (signed), times ≥ 0. Panels are even in √t, where the variance preserving
 * SDE's integrands are smooth down to t = 0.
 */
export function integrate(f: (t: number) => number, from: number, to: number): number {
  const [a, b] = [Math.sqrt(from), Math.sqrt(to)];
  const half = (b - a) / panels / 2;
  let sum = 0;
  for (let panel = 0; panel < panels; panel += 1) {
    const middle = a + (2 * panel + 1) * half;
    for (const { at, weight } of rule) {
      const u = middle + half * at;
      sum += weight * half * 2 * u * f(u ** 2);
    }
  }
  return sum;
}

/** Nodes and weights on [−1,1]: roots of the Legendre polynomial by Newton's method. */
function gaussLegendre(n: number): readonly { readonly at: number; readonly weight: number }[] {
  return Array.from({ length: n }, (_, i) => {
    let x = Math.cos((Math.PI * (i + 0.75)) / (n + 0.5));
    let slope = 1;
    for (let step = 0; step < 100; step += 1) {
      const { value, derivative } = legendre(n, x);
      slope = derivative;
      x -= value / derivative;
      if (Math.abs(value / derivative) < 1e-16) break;
    }
    return { at: x, weight: 2 / ((1 - x ** 2) * slope ** 2) };
  });
}

function legendre(n: number, x: number): { readonly value: number; readonly derivative: number } {
  let [before, value] = [1, x];
  for (let k = 2; k <= n; k += 1)
    [before, value] = [value, ((2 * k - 1) * x * value - (k - 1) * before) / k];
  return { value, derivative: (n * (x * value - before)) / (x ** 2 - 1) };
}
