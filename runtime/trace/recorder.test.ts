import { describe, expect, test } from "vitest";
import { printProgram } from "../ir/print.ts";
import { whyIllFormed } from "../ir/well-formed.ts";
import { float32, scalarTensor } from "../tensor/tensor.ts";
import { createRecorder } from "./recorder.ts";

describe(createRecorder.name, () => {
  test("types outputs by the rules and drops what no output needs", () => {
    const r = createRecorder();
    const x = r.input({ dtype: "float32", shape: [2, 3] });
    r.op("Exp", [x], {});
    const y = r.op("Add", [x, r.constant(scalarTensor(1))], {});
    expect(printProgram(r.finish([y]))).toMatchInlineSnapshot(`
      "(%0:float32[2,3]) {
        %1:float32[] = constant {1}
        %2:float32[2,3] = Add %0 %1
      } -> %2"
    `);
  });

  test("refuses shapes that do not fit in a sentence that begins with the operator", () => {
    const r = createRecorder();
    const a = r.input({ dtype: "float32", shape: [2, 3] });
    const b = r.input({ dtype: "float32", shape: [4, 3] });
    expect(() => r.op("Add", [a, b], {})).toThrow(
      "Add: shapes [2,3] and [4,3] differ on axis -2 (2 vs 4); one of them must be 1",
    );
    expect(() => r.op("MatMul", [a, b], {})).toThrow(/^MatMul: the inner sizes/);
  });

  test("stores small equal constants once and knows their data", () => {
    const r = createRecorder();
    const one = r.constant(scalarTensor(1));
    expect(r.constant(scalarTensor(1))).toBe(one);
    expect(r.constant(float32([1], [1]))).not.toBe(one);
    expect(r.constantOf?.(one)?.data[0]).toBe(1);
  });

  test("inlines one program twice, constants shared, origins kept", () => {
    const inner = createRecorder();
    const a = inner.input({ dtype: "float32", shape: [2] });
    inner.setOrigin("node a");
    const big = inner.constant(float32(new Float32Array(2).fill(3), [2]));
    const program = inner.finish([inner.op("Mul", [a, big], {})]);
    const r = createRecorder();
    const x = r.input({ dtype: "float32", shape: [2] });
    const [once] = r.inline(program, [x]);
    const [twice] = r.inline(program, [once ?? x]);
    const whole = r.finish([twice ?? x]);
    expect(whyIllFormed(whole)).toBeNull();
    expect([...whole.constants.keys()]).toEqual([big]);
    expect(whole.equations.map(({ origin }) => origin)).toEqual(["node a", "node a"]);
    expect(() => r.inline(program, [r.input({ dtype: "float32", shape: [3] })])).toThrow(
      "inline: argument 0 is float32[3], the program wants float32[2]",
    );
  });
});
