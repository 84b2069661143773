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
