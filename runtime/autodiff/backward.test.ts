import { describe, expect, test } from "vitest";
import type { Equation } from "../ir/primitives.ts";
import { newValue } from "../ir/program.ts";
import { printProgram } from "../ir/print.ts";
import { int64 } from "../tensor/tensor.ts";
import { createRecorder } from "../trace/recorder.ts";
import { backward } from "./backward.ts";
import { vjpProgram } from "./vjp-program.ts";

const vector = { dtype: "float32", shape: [2] } as const;

describe(backward.name, () => {
  test("adds the cotangents of a value that is read twice", () => {
    const r = createRecorder();
    const x = r.input(vector);
    const y = r.op("Add", [r.op("Exp", [x], {}), x], {});
    const g = r.input(vector);
    const [dx] = backward(r, [...r.equations], new Map([[y, g]]), [x]);
    expect(printProgram(r.finish([dx ?? x]))).toMatchInlineSnapshot(`
      "(%0:float32[2], %1:float32[2]) {
        %2:float32[2] = Exp %0
        %3:float32[2] = Mul %1 %2
        %4:float32[2] = Add %1 %3
      } -> %4"
    `);
  });

  test("writes nothing for paths that carry no float or lead nowhere", () => {
    const r = createRecorder();
    const x = r.input(vector);
    const index = r.op("Cast", [x], { to: "int64" });
    const y = r.op("Cast", [index], { to: "float32" });
    const before = r.equations.length;
    expect(backward(r, [...r.equations], new Map([[y, r.input(vector)]]), [x])).toEqual([null]);
    expect(r.equations.length).toBe(before);
  });

  test("stops at blocked values", () => {
    const r = createRecorder();
    const x = r.input(vector);
    const held = r.op("Exp", [x], {});
    const y = r.op("Mul", [held, x], {});
    const [dx] = backward(r, [...r.equations], new Map([[y, r.input(vector)]]), [x], {
      blocked: (value) => value === held,
    });
    expect(printProgram(r.finish([dx ?? x]))).toContain("= Mul %1 %2");
    const gate = r.op("Sigmoid", [x], {});
    const silu = r.op("Mul", [x, gate], {});
    const from = r.equations.length;
    backward(r, [...r.equations], new Map([[silu, r.input(vector)]]), [x], {
      blocked: (value) => value === gate,
    });
    expect(r.equations.slice(from).map(({ op }) => op)).toEqual(["Mul"]);
  });

  test("labels what it writes with the origin of the equation", () => {
    const r = createRecorder();
    const x = r.input(vector);
    r.setOrigin("prior");
    const y = r.op("Exp", [x], {});
    r.setOrigin(undefined);
    const count = r.equations.length;
    backward(r, [...r.equations], new Map([[y, r.input(vector)]]), [x]);
    expect(r.equations.slice(count).map(({ origin }) => origin)).toEqual(["prior"]);
  });

  test("names the operator without a rule, its node and what still works", () => {
    const r = createRecorder();
    const x = r.input(vector);
    const y = newValue(vector);
    const unknown = {
      op: "NoSuchOp",
      inputs: [x],
      params: {},
      outputs: [y],
      origin: "encoder/3",
    } as unknown as Equation;
    const sweep = () => backward(r, [unknown], new Map([[y, r.input(vector)]]), [x]);
    expect(sweep).toThrow(
      'NoSuchOp at node "encoder/3" has no gradient rule, so no gradient can flow through it; running the model without a gradient still works.',
    );
    expect(sweep).toThrow("[gradient.no-rule]");
  });

  test("refuses a seed of another shape", () => {
    const r = createRecorder();
    const x = r.input(vector);
    const g = r.input({ dtype: "float32", shape: [3] });
    expect(() => backward(r, [], new Map([[x, g]]), [x])).toThrow(
      "backward: the cotangent [3] must have the shape of its value, [2]",
    );
  });
});

describe(vjpProgram.name, () => {
  test("appends a cotangent input and a gradient output", () => {
    const r = createRecorder();
    const x = r.input({ dtype: "float32", shape: [2, 3] });
    const program = r.finish([r.op("ReduceMean", [x], { axes: [1], keepdims: false })]);
    expect(printProgram(vjpProgram(program))).toMatchInlineSnapshot(`
      "(%0:float32[2,3], %1:float32[2]) {
        %2:float32[] = constant {0.3333333432674408}
        %3:float32[2] = ReduceMean %0 axes=[1] keepdims=false
        %4:float32[2,1] = Reshape %1 shape=[2,1]
        %5:float32[2,1] = Mul %4 %2
        %6:float32[2,3] = Expand %5 shape=[2,3]
      } -> %3, %6"
    `);
  });

  test("gives zeros for an input that the outputs do not depend on", () => {
    const r = createRecorder();
    const x = r.input(vector);
    const program = r.finish([r.op("Neg", [r.input(vector)], {})]);
    expect(program.inputs).toContain(x);
    expect(printProgram(vjpProgram(program))).toContain("= Expand");
  });

  test("refuses to differentiate for integers", () => {
    const r = createRecorder();
    r.input({ dtype: "int64", shape: [1] });
    const program = r.finish([r.constant(int64([1]))]);
    expect(() => vjpProgram(program)).toThrow("[gradient.integer]");
  });
});
