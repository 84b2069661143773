import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { vjpProgram } from "../../../runtime/autodiff/vjp-program.ts";
import { networkProgram } from "../../../runtime/compile/network.ts";
import { createNodeBackend } from "../../../runtime/execute/ort-node.ts";
import { createSessionCache } from "../../../runtime/execute/session-cache.ts";
import { filled } from "../bare.ts";
import { largeModel } from "../large-model.ts";

const settings = z.object({
  file: z.string(),
  threads: z.number(),
  shapes: z.record(z.string(), z.array(z.number())),
});

/** Milliseconds from a model's file to a session of its gradient, and for one run of that. */
export async function differentiate(given: unknown): Promise<Readonly<Record<string, number>>> {
  const { file, threads, shapes } = settings.parse(given);
  const { backend } = await createNodeBackend("cpu", { threads });
  const begin = performance.now();
  const bytes = readFileSync(file);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const { program } = networkProgram({ name: file, sha256, bytes }, shapes);
  const importMs = performance.now() - begin;
  const gradient = vjpProgram(program, { of: [0], keepOutputs: false });
  const differentiateMs = performance.now() - begin - importMs;
  const session = await createSessionCache(backend).program(gradient);
  const readyMs = performance.now() - begin;
  const feeds = Object.fromEntries(
    gradient.inputs.map(({ shape }, i) => [`i${i}`, backend.upload(filled(shape))]),
  );
  const { o0 } = await session.run(feeds);
  if (o0 === undefined) throw new Error("the gradient's session returned nothing");
  const { data } = await backend.download(o0);
  if (!(data as Float32Array).every(Number.isFinite)) throw new Error("the gradient is not finite");
  return { importMs, differentiateMs, readyMs, runMs: performance.now() - begin - readyMs };
}

const writing = z.object({ file: z.string(), millions: z.number() });

/** Writes the large model; its size in MB. */
export async function makeLarge(given: unknown): Promise<Readonly<Record<string, number>>> {
  const { file, millions } = writing.parse(given);
  const { bytes, parameters } = largeModel(millions);
  writeFileSync(file, bytes);
  return { fileMB: bytes.byteLength / 1e6, parameters };
}
