import { describe, expect, test } from "vitest";
import { parseFeed, parseInput, parseSetting } from "./parse-settings.ts";

describe(parseFeed.name, () => {
  test("reads a node with params: JSON where it is JSON, else the text", () => {
    expect(
      parseFeed('operator=operator/x:factor=4,mode=fast,size=[1, 2],text="a,b",on=true'),
    ).toEqual({
      slot: "operator",
      feed: {
        kind: "node",
        type: "operator/x",
        params: { factor: 4, mode: "fast", size: [1, 2], text: "a,b", on: true },
      },
    });
  });

  test("reads a version, a node without params, an expression and a number", () => {
    expect(parseFeed("prior=prior/onnx@2").feed).toEqual({
      kind: "node",
      type: "prior/onnx",
      v: 2,
      params: {},
    });
    expect(parseFeed("s=schedule/poly:sigmaMax==2*rho").feed).toMatchObject({
      params: { sigmaMax: "=2*rho" },
    });
    expect(parseFeed("noise=0.05").feed).toEqual({ kind: "number", value: 0.05 });
  });

  test("keeps __proto__ an entry like any other, for validation to refuse", () => {
    const { feed } = parseFeed("a=b/c:__proto__=1");
    expect(Object.keys(feed.kind === "node" ? feed.params : {})).toEqual(["__proto__"]);
  });
});

describe(parseSetting.name, () => {
  test("splits at the last dot before the first =", () => {
    expect(parseSetting("anneal/denoise.scale=1e-3")).toEqual({
      node: "anneal/denoise",
      param: "scale",
      value: 0.001,
    });
    expect(parseSetting("poly.sigmaMax==0.5*x")).toEqual({
      node: "poly",
      param: "sigmaMax",
      value: "=0.5*x",
    });
  });
});

describe(parseInput.name, () => {
  test("splits at the first =", () => {
    expect(parseInput("y=a=b.npy")).toEqual({ slot: "y", file: "a=b.npy" });
  });
});
