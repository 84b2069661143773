import path from "node:path";
import { parseArgs } from "node:util";
import type { Bench } from "./bench.ts";
import { sectionNames } from "./sections.ts";
import { root } from "./subject.ts";

export const usage = `npm run bench -- [SECTION ...] [options]
npm run bench -- study [options]
npm run bench -- editor [options]

Sections: ${sectionNames.join(", ")}; all by default.

--quick            a smoke run: small sizes, one round
--rounds N         rounds in which what is compared takes turns (7)
--threads N        threads of a session (2)
--seeds N          study: noise seeds (1)
--models FOLDER    where the priors are (models)
--json             print JSON
--write            write docs/results/bench.md, or mo-study.md for the study, editor.md for the editor`;

/** A parsed command line. */
export interface Request extends Bench {
  readonly what: "sections" | "study" | "editor";
  readonly sections: readonly string[];
  readonly seeds: number;
  readonly json: boolean;
  readonly write: boolean;
}

/** The command line; null where it cannot be read. */
export function parseBench(argv: readonly string[]): Request | null {
  const { values, positionals } = parse(argv) ?? {};
  if (values === undefined || positionals === undefined) return null;
  const what = whatOf(positionals[0]);
  const sections = what === "sections" ? positionals : [];
  const numbers = {
    rounds: Number(values.rounds),
    threads: Number(values.threads),
    seeds: Number(values.seeds),
  };
  if (Object.values(numbers).some((n) => !Number.isInteger(n) || n < 1)) return null;
  if (sections.some((name) => !sectionNames.includes(name))) return null;
  return {
    what,
    sections: sections.length === 0 ? sectionNames : sections,
    ...numbers,
    quick: values.quick,
    json: values.json,
    write: values.write,
    models: path.resolve(root, values.models),
  };
}

const whatOf = (first: string | undefined): Request["what"] =>
  first === "study" || first === "editor" ? first : "sections";

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        quick: { type: "boolean", default: false },
        rounds: { type: "string", default: "7" },
        threads: { type: "string", default: "2" },
        seeds: { type: "string", default: "1" },
        models: { type: "string", default: "models" },
        json: { type: "boolean", default: false },
        write: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}
