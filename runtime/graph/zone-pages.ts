import type { Body, zoneTypes } from "./document.ts";

type Rows = Readonly<Record<string, string>>;

/** What a person is told about a kind of zone; SPEC.md has the rules. */
export interface ZonePage {
  readonly title: string;
  readonly summary: string;
  readonly inputs: Rows;
  readonly outputs: Rows;
  readonly params: Rows;
  /** Beside type, v, in and params. */
  readonly fields: Rows;
  /** What `@name` finds in the body, beside the names around the zone. */
  readonly names: Rows;
  /** What the example computes. */
  readonly tells: string;
  /** The nodes of a graph that runs as it is. */
  readonly example: Body;
}

const loopFields: Rows = {
  states:
    "values carried on: { init, next }, init read around the zone, next in the body after each iteration; depth 2 or 3 keeps history",
  scans: "wires of the body that are collected, one value an iteration",
  body: "nodes by name; a wire may come in from outside, and leaves only by a state or a scan",
};
const stop: Rows = {
  stop: "optional wire of the body; the loop ends after the iteration in which it is not 0",
};
const loopOutputs: Rows = {
  "each state": "its last value; its init after no iteration",
  "each scan": "list of what was collected",
};
const loopNames: Rows = {
  "@STATE": "a state's value at the beginning of the iteration; @STATE.1, @STATE.2 before that",
  "@k": "iterations done before this one",
  "@N": "iterations in all",
  "@isFirst": "1 in the first iteration, else 0",
  "@isLast": "1 in the last one, else 0",
  "@ZONE.STATE": "a state, element or counter of an enclosing zone",
};
const number = (text: string) => ({
  type: "math/expression",
  v: 1,
  params: { expression: text },
});
const computed = (text: string, wires: Readonly<Record<string, string>>) => ({
  ...number(text),
  in: wires,
});

export const zonePages: Readonly<Record<(typeof zoneTypes)[number], ZonePage>> = {
  "zone/repeat": {
    title: "Repeat",
    summary:
      "Runs its body a number of times. Another number recompiles nothing. After no iteration each state is its init.",
    inputs: { count: "scalar, in place of the param: how many iterations" },
    outputs: loopOutputs,
    params: { count: "integer from 0, or an expression; required unless wired" },
    fields: { ...loopFields, ...stop },
    names: loopNames,
    tells: "2 doubled three times, 16, and the list 4, 8, 16",
    example: {
      two: number("2"),
      loop: {
        type: "zone/repeat",
        v: 1,
        params: { count: 3 },
        states: { x: { init: "two.x", next: "twice.x" } },
        scans: { all: "twice.x" },
        body: { twice: computed("2*x", { x: "@x" }) },
      },
    },
  },
  "zone/for-each": {
    title: "For each",
    summary:
      "Runs its body once for each element of one or more lists of the same length: the levels of a schedule, or what another zone collected.",
    inputs: {},
    outputs: loopOutputs,
    params: {},
    fields: {
      each: 'lists of the enclosing scope by name, such as "level": "@schedule.levels"',
      ...loopFields,
      ...stop,
    },
    names: {
      "@ELEMENT":
        "the current element of the list of that name: a level of a schedule, else a scalar",
      ...loopNames,
    },
    tells: "the sum of the noise levels 3, 2 and 1 of a schedule, 6",
    example: {
      schedule: {
        type: "schedule/poly",
        v: 1,
        params: { steps: 3, sigmaMax: 3, sigmaMin: 1, rho: 1 },
      },
      zero: number("0"),
      loop: {
        type: "zone/for-each",
        v: 1,
        each: { level: "schedule.schedule.levels" },
        states: { x: { init: "zero.x", next: "sum.x" } },
        body: { sum: computed("x + sigma", { x: "@x", sigma: "@level.sigma" }) },
      },
    },
  },
  "zone/while": {
    title: "While",
    summary:
      "Runs its body as long as a condition is not 0, and at most max times. The condition is read before each iteration, from the zone's states and from nodes outside of it.",
    inputs: {},
    outputs: loopOutputs,
    params: { max: "integer from 1, required" },
    fields: {
      while:
        "the condition: a state of the zone, as @STATE, or a wire from outside; never a node of the body",
      ...loopFields,
    },
    names: loopNames,
    tells: "1 doubled until it is no longer below 100: 128",
    example: {
      one: number("1"),
      loop: {
        type: "zone/while",
        v: 1,
        while: "@goesOn",
        params: { max: 50 },
        states: {
          x: { init: "one.x", next: "twice.x" },
          goesOn: { init: "one.x", next: "below.x" },
        },
        body: {
          twice: computed("2*x", { x: "@x" }),
          below: computed("x < 100", { x: "twice.x" }),
        },
      },
    },
  },
  "zone/if": {
    title: "If",
    summary:
      "Runs one of two bodies of the same interface. Only the one that is taken is computed and counts evaluations.",
    inputs: { condition: "scalar, required: not 0 takes `then`, 0 takes `else`" },
    outputs: { "each output": "what the branch that was taken gives under that name" },
    params: {},
    fields: {
      then: "{ body, outputs }: nodes by name, and which wires leave by which name",
      else: "the same, with outputs of the same names and kinds; without nodes it passes values through",
    },
    names: {},
    tells: "7 where the condition holds, which it does",
    example: {
      five: number("5"),
      isLarge: computed("x > 4", { x: "five.x" }),
      choice: {
        type: "zone/if",
        v: 1,
        in: { condition: "isLarge.x" },
        then: { body: { more: computed("x + 2", { x: "five.x" }) }, outputs: { x: "more.x" } },
        else: { body: {}, outputs: { x: "five.x" } },
      },
    },
  },
};
