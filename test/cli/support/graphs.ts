/** Anneals noise with a network from a file in the graph's folder; x0 is a state of the loop. */
export function anneal(model: string, steps: number): unknown {
  return {
    denoodle: 1,
    name: "anneal",
    inputs: {
      image: { kind: "signal" },
      schedule: {
        kind: "schedule",
        default: { type: "schedule/poly", v: 1, params: { steps, sigmaMax: 1, sigmaMin: 0.1 } },
      },
      prior: { kind: "prior", default: { type: "prior/onnx", v: 1, params: { model } } },
    },
    graph: {
      loop: {
        type: "zone/for-each",
        v: 1,
        each: { level: "@schedule.levels" },
        states: { x0: { init: "@image", next: "denoise.x0" } },
        body: {
          noisy: { type: "math/add-noise", v: 1, in: { x: "@x0", level: "@level" } },
          denoise: {
            type: "prior/denoise",
            v: 1,
            in: { prior: "@prior", x: "noisy.x", level: "@level" },
          },
        },
      },
    },
    outputs: { x0: "loop.x0", image: "@image" },
  };
}

/** Moves an image towards noise, without a network: `steps` quick iterations. */
export function drift(steps: number): unknown {
  return {
    denoodle: 1,
    name: "drift",
    inputs: {
      image: { kind: "signal" },
      gain: { kind: "scalar", default: 0.1 },
    },
    graph: {
      loop: {
        type: "zone/repeat",
        v: 1,
        params: { count: steps },
        states: { x0: { init: "@image", next: "mix.x" } },
        body: {
          fresh: { type: "math/noise", v: 1, in: { like: "@x0" } },
          mix: {
            type: "math/lerp",
            v: 1,
            in: { a: "@x0", b: "fresh.x", weight: "@gain" },
          },
        },
      },
    },
    outputs: { x0: "loop.x0", image: "@image" },
  };
}

/** Collects 0, 1, 3, …: the sum of the counter, in `steps` iterations. */
export function scanned(steps: number): unknown {
  return {
    denoodle: 1,
    name: "scanned",
    inputs: { image: { kind: "signal" } },
    graph: {
      zero: { type: "math/expression", v: 1, params: { expression: "0" } },
      loop: {
        type: "zone/repeat",
        v: 1,
        params: { count: steps },
        states: {
          x0: { init: "@image", next: "same.x" },
          sum: { init: "zero.x", next: "sum.x" },
        },
        scans: { sums: "sum.x" },
        body: {
          same: { type: "math/expression", v: 1, params: { expression: "1*x" }, in: { x: "@x0" } },
          sum: {
            type: "math/expression",
            v: 1,
            params: { expression: "s + k" },
            in: { s: "@sum", k: "@k" },
          },
        },
      },
    },
    outputs: { x0: "loop.x0" },
  };
}
