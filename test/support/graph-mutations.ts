import type { Choose } from "./graph-choices.ts";

type Key = string | number;
type Tree = Record<Key, unknown>;

interface Spot {
  readonly owner: Tree;
  readonly key: Key;
}

const mostSpots = 3000;

/** One random edit of a JSON value; the value is changed in place and returned. */
export function mutateJson(root: unknown, choose: Choose): unknown {
  const spots = spotsIn(root);
  const spot = spots[choose(spots.length)];
  if (spot === undefined) return strange(choose, spots);
  const edit = edits[choose(edits.length)];
  edit?.(spot, choose, spots);
  return root;
}

/** A file that was cut, doubled or scratched. */
export function mutateText(text: string, choose: Choose): string {
  const at = choose(text.length + 1);
  const scratch = [
    "",
    "{",
    "}",
    "]",
    '"',
    ",",
    ":",
    "\\",
    "\u0000",
    "1e999",
    '"__proto__":1,',
    "NaN",
    "é😀",
    "\ud800",
    "//",
  ];
  switch (choose(4)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text + text.slice(at);
    case 2:
      return text.slice(0, at) + scratch[choose(scratch.length)] + text.slice(at);
    default:
      return text.slice(0, at) + scratch[choose(scratch.length)] + text.slice(at + 1 + choose(20));
  }
}

function spotsIn(root: unknown): readonly Spot[] {
  const spots: Spot[] = [];
  const waiting = [root];
  for (
    let value = waiting.pop();
    value !== undefined && spots.length < mostSpots;
    value = waiting.pop()
  ) {
    if (!isTree(value)) continue;
    for (const key of Object.keys(value)) {
      spots.push({ owner: value, key });
      waiting.push(value[key] ?? 0);
    }
  }
  return spots;
}

function isTree(value: unknown): value is Tree {
  return typeof value === "object" && value !== null;
}

function put({ owner, key }: Spot, value: unknown): void {
  // a list of JSON has no keys, and Array's methods read its constructor
  if (Array.isArray(owner) && !/^\d+$/.test(String(key))) return;
  // plain assignment of __proto__ would set the prototype
  Object.defineProperty(owner, key, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}

type Edit = (spot: Spot, choose: Choose, spots: readonly Spot[]) => void;

const keys = [
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "",
  "é",
  "a.b",
  "k",
  "x",
  "@x",
  "1",
  "states",
  "body",
  "then",
  "params",
  "in",
];

const edits: readonly Edit[] = [
  ({ owner, key }) => {
    if (Array.isArray(owner)) owner.splice(Number(key), 1);
    else delete owner[key];
  },
  (spot, choose, spots) => put(spot, strange(choose, spots)),
  // another value of the same document: plausible and wrong
  (spot, choose, spots) => {
    const other = spots[choose(spots.length)];
    if (other !== undefined) put(spot, structuredClone(other.owner[other.key]));
  },
  // another text of the same document: wires that lead elsewhere
  (spot, choose, spots) => {
    const texts = spots
      .map(({ owner, key }) => owner[key])
      .filter((value) => typeof value === "string");
    if (typeof spot.owner[spot.key] === "string") put(spot, texts[choose(texts.length)] ?? "");
  },
  ({ owner }, choose, spots) =>
    put({ owner, key: keys[choose(keys.length)] ?? "" }, strange(choose, spots)),
  ({ owner, key }, choose) => {
    const value = owner[key];
    if (!Array.isArray(owner)) delete owner[key];
    put({ owner, key: keys[choose(keys.length)] ?? "" }, value);
  },
  (spot, choose) => {
    const value = spot.owner[spot.key];
    if (typeof value === "number") put(spot, numbers[choose(numbers.length)]);
    else if (typeof value === "string") put(spot, value + texts[choose(texts.length)]);
  },
];

const numbers = [0, -0, -1, 1.5, 1e308, -1e308, 5e-324, 2 ** 53, 1e21];
const texts = [
  ".x",
  ".1",
  ".sigma",
  "@",
  "=",
  "(",
  " ",
  "é",
  "\u0000",
  "😀",
  "\ud800",
  "x".repeat(500),
];

function strange(choose: Choose, spots: readonly Spot[]): unknown {
  const spot = spots[choose(spots.length)];
  const values: readonly unknown[] = [
    null,
    true,
    "",
    "a.x",
    "@x",
    "=1/0",
    "=" + "(".repeat(200),
    "=@k",
    [],
    {},
    [[]],
    deep(choose(200)),
    ...numbers,
    ...texts,
    spot === undefined ? 0 : structuredClone(spot.owner),
    { type: "block", use: "b1" },
    { type: "zone/repeat", v: 1, body: {} },
    { type: "zone/while", v: 1, while: "@x", params: { max: 1 }, body: {} },
    {
      type: "zone/if",
      v: 1,
      in: { condition: "@k" },
      then: { body: {}, outputs: {} },
      else: { body: {}, outputs: {} },
    },
  ];
  return values[choose(values.length)];
}

function deep(depth: number): unknown {
  let value: unknown = {};
  for (let i = 0; i < depth; i += 1)
    value =
      i % 2 === 0 ? { body: value } : { type: "zone/repeat", v: 1, body: { [`d${i}`]: value } };
  return value;
}
