import type { Value } from "../../ir/primitives.ts";
import type { Program } from "../../ir/program.ts";

/** Names of the values of one file; those that the caller chose are never given to others. */
export interface Names {
  /** The name of a value that is an input or was named before. */
  of(value: Value): string;
  /** Names a value that an equation makes: as the output it is, or by number. */
  give(value: Value): string;
  has(value: Value): boolean;
  fresh(prefix: string): string;
}

export function createNames(
  { inputs, outputs }: Program,
  inputNames: readonly string[],
  outputNames: readonly string[],
): Names {
  const taken = new Set([...inputNames, ...outputNames]);
  const names = new Map<Value, string>(inputs.map((value, i) => [value, inputNames[i] ?? ""]));
  const counts = new Map<string, number>();

  function fresh(prefix: string): string {
    let count = counts.get(prefix) ?? 0;
    while (taken.has(`${prefix}${count}`)) count += 1;
    counts.set(prefix, count + 1);
    return `${prefix}${count}`;
  }

  function give(value: Value): string {
    const name = outputNames[outputs.indexOf(value)] ?? fresh("v");
    names.set(value, name);
    return name;
  }

  return {
    fresh,
    give,
    has: (value) => names.has(value),
    of: (value) => {
      const name = names.get(value);
      if (name === undefined)
        throw new Error(`internal: value ${value.id} is read before it is made`);
      return name;
    },
  };
}
