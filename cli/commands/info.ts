import { availableParallelism, totalmem } from "node:os";
import { probe, whyNoDevice, type Accelerator } from "../../runtime/execute/ort-devices-node.ts";
import { registry } from "../../nodes/index.ts";
import { UsageError, type Command } from "../command.ts";
import { shippedNames } from "../library.ts";
import { versions } from "../run/record.ts";

export const infoCommand: Command = {
  summary: "Tells versions, what this machine can compute on, and what is shipped.",
  positionals: "",
  options: { json: { help: "Prints one JSON object." } },
  async run({ positionals, switches }, terminal) {
    if (positionals.length > 0) throw new UsageError("denoodle info takes no arguments.");
    const facts = await collect();
    if (switches.has("json")) terminal.out(JSON.stringify(facts, null, 2));
    else for (const line of lines(facts)) terminal.out(line);
    return 0;
  },
};

interface Facts {
  readonly versions: Readonly<Record<string, string>>;
  readonly cores: number;
  readonly memoryGb: number;
  readonly backends: Readonly<Record<string, string>>;
  readonly nodes: number;
  readonly samplers: readonly string[];
  readonly tasks: readonly string[];
  readonly models: readonly string[];
  readonly images: readonly string[];
}

async function collect(): Promise<Facts> {
  const threads = Math.min(availableParallelism(), 8);
  return {
    versions: versions(),
    cores: availableParallelism(),
    memoryGb: Number((totalmem() / 2 ** 30).toFixed(1)),
    backends: {
      cpu: `works, ${threads} threads`,
      webgpu: await ask("webgpu", threads),
      cuda: await ask("cuda", threads),
    },
    nodes: registry.types.length,
    samplers: shippedNames("samplers"),
    tasks: shippedNames("tasks"),
    models: shippedNames("models"),
    images: shippedNames("images"),
  };
}

async function ask(device: Accelerator, threads: number): Promise<string> {
  const found = whyNoDevice(device) ?? (await probe(device, threads));
  if (!found.works)
    return `does not work: ${found.reason}${found.fix === undefined ? "" : `. ${found.fix}`}`;
  const { ms, cpuMs } = found;
  return `works; a test convolution takes ${ms.toPrecision(2)} ms, on the cpu ${cpuMs.toPrecision(2)} ms`;
}

function lines(facts: Facts): readonly string[] {
  return [
    ...Object.entries(facts.versions).map(([name, version]) => `${name.padEnd(12)} ${version}`),
    `${"machine".padEnd(12)} ${facts.cores} cores, ${facts.memoryGb} GB of memory`,
    "",
    ...Object.entries(facts.backends).map(([name, text]) => `${name.padEnd(12)} ${text}`),
    "",
    `${"nodes".padEnd(12)} ${facts.nodes} (denoodle nodes lists them)`,
    ...(["samplers", "tasks", "models", "images"] as const).map(
      (shelf) => `${shelf.padEnd(12)} ${facts[shelf].join(", ")}`,
    ),
  ];
}
