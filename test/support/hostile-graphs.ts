import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { registry } from "../../nodes/index.ts";
import { anyGraphInput } from "./graph-arbitrary.ts";
import type { Choose } from "./graph-choices.ts";
import { mutateJson, mutateText } from "./graph-mutations.ts";

/** Words that do something where they are taken for more than words. Each sets `pwned`, or asks `hostile.invalid`. */
export const hostileWords: readonly string[] = [
  "<script>pwned = 1</script>",
  "<img src=x onerror='pwned = 1'>",
  "</title></textarea></style><svg onload='pwned = 1'>",
  "<iframe srcdoc='<script>parent.pwned = 1</script>'></iframe>",
  '"><details open ontoggle="pwned = 1">',
  "[press](javascript:pwned=1) [press](JaVaScRiPt&colon;pwned=1)",
  "[press](data:text/html,<script>pwned=1</script>) <javascript:pwned=1>",
  "![seen](https://hostile.invalid/seen.png) <https://hostile.invalid/>",
  "[a]: javascript:pwned=1\n\n[a] ![b][a]",
  "$\\href{javascript:pwned=1}{x}$ $\\url{javascript:pwned=1}$",
  "$\\htmlData{x=1,onclick=pwned=1}{x}$ $\\htmlStyle{background:url(https://hostile.invalid)}{x}$",
  "$\\includegraphics{https://hostile.invalid/x.png}$",
  "$\\def\\a{\\a\\a}\\a$ $\\rule{99999em}{99999em}$",
  `$${"{".repeat(1500)}x${"}".repeat(1500)}$`,
  "{{constructor.constructor('pwned=1')()}} $t(app.left.label) {{what}} $(pwned=1) ${pwned=1}",
  "constructor",
  "__proto__",
  "‮ override ‬ \u0000 ￾ 😀 é̂́",
  "w".repeat(3000),
];

const choosing = (numbers: readonly number[]): Choose => {
  let at = 0;
  return (count) => {
    const number = numbers[at % numbers.length] ?? 0;
    at += 1;
    return count <= 0 ? 0 : (number + Math.floor(at / numbers.length)) % count;
  };
};

const folder = new URL("../../graphs/", import.meta.url);
const shipped = ["samplers", "examples", "tasks", "blocks"].flatMap((shelf) =>
  readdirSync(new URL(shelf, folder))
    .filter((name) => name.endsWith(".json"))
    .map((name) => readFileSync(new URL(`${shelf}/${name}`, folder), "utf8")),
);

type Json = Record<string, unknown>;
const isJson = (value: unknown): value is Json => typeof value === "object" && value !== null;

/** Puts hostile words wherever a page shows a document's words: names, labels, notes, frames, ids, params. */
export function withHostileWords(root: unknown, choose: Choose): unknown {
  if (!isJson(root) || Array.isArray(root)) return root;
  const word = () => hostileWords[choose(hostileWords.length)] ?? "";
  const box = { at: [choose(400), choose(400)], size: [260, 160] };
  const ui = {
    notes: { one: { ...box, text: word() }, [word()]: { ...box, text: `# ${word()}` } },
    frames: { one: { ...box, title: word(), colour: word() } },
    probes: [word()],
  };
  const about = { summary: word(), paper: word(), equations: word(), departures: [word(), word()] };
  const graph = isJson(root["graph"]) ? root["graph"] : {};
  const stranger = { type: word(), v: 1, params: { [word()]: word() }, in: { [word()]: word() } };
  return {
    ...root,
    name: word(),
    about,
    ui: { ...(isJson(root["ui"]) ? root["ui"] : {}), ...ui },
    graph: { ...graph, stranger },
    outputs: { ...(isJson(root["outputs"]) ? root["outputs"] : {}), [word()]: word() },
  };
}

const textOf = (value: unknown): string => {
  if (typeof value === "string") return value;
  try {
    return JSON.stringify(value) ?? "";
  } catch {
    // a BigInt, which JSON has no word for
    return "0";
  }
};

const decisions = fc.array(fc.nat(0xffff), { minLength: 8, maxLength: 60 });

/** A shipped graph after a few edits of its JSON or of its text. */
const mutatedShipped = fc
  .tuple(decisions, fc.integer({ min: 0, max: 2 }))
  .map(([numbers, count]) => {
    const choose = choosing(numbers);
    const text = shipped[choose(shipped.length)] ?? "";
    if (choose(5) === 0) return mutateText(text, choose);
    let json: unknown = withHostileWords(JSON.parse(text), choose);
    for (let i = 0; i < count; i += 1) json = mutateJson(json, choose);
    return textOf(json);
  });

const mutatedBuilt = fc
  .tuple(anyGraphInput(registry), decisions, fc.boolean())
  .map(([input, numbers, isHostile]) =>
    textOf(isHostile ? withHostileWords(input, choosing(numbers)) : input),
  );

/** Texts of files that a page may be handed; the same for the same seed. */
export const hostileFiles = (count: number, seed: number): readonly string[] =>
  fc.sample(
    fc.oneof({ weight: 3, arbitrary: mutatedShipped }, { weight: 1, arbitrary: mutatedBuilt }),
    { numRuns: count, seed },
  );
