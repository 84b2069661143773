import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Result } from "../../runtime/execute/events.ts";
import { writeDocument } from "../../runtime/graph/write.ts";
import type { TensorData } from "../../runtime/tensor/tensor.ts";
import { packageFolder } from "../library.ts";
import { sha256Hex } from "../sha256.ts";
import type { GraphFile } from "./graph-file.ts";
import { isTensor } from "../../runtime/execute/is-tensor.ts";
import type { Metrics } from "../../runtime/protocol/score/measure.ts";
import type { Outcome } from "./outcome.ts";
import type { Prepared } from "./prepare.ts";
import type { Scores } from "../../runtime/protocol/score/score.ts";
import { defaultBackend } from "./settings.ts";

/** Everything about a run that is not a picture: what it takes to repeat it, and how it went. */
export function runRecord(
  prepared: Prepared,
  outcome: Outcome,
  { scores, files }: { readonly scores: Scores; readonly files: readonly string[] },
): Readonly<Record<string, unknown>> {
  const { settings, graph, task, feeds, batch, assets, inputHashes } = prepared;
  return {
    denoodleRun: 1,
    status: outcome.status,
    graph: fileRecord(graph),
    task: task === null ? null : fileRecord(task),
    seed: settings.seed,
    samples: Array.from({ length: batch }, (_, i) => i),
    backend: {
      wanted: settings.backend ?? defaultBackend,
      used: outcome.backend,
      chosen: outcome.chosen,
    },
    versions: versions(),
    files: assets.hashes,
    inputs: inputHashes,
    ...scoreRecord(scores),
    nfe: outcome.nfe,
    vjpCalls: outcome.vjpCalls,
    steps: outcome.steps,
    timingsMs: outcome.timings,
    peakMemoryBytes: outcome.peakMemoryBytes,
    numbers: numbersOf(outcome.outputs),
    scans: Object.fromEntries(
      Object.entries(outcome.scans).map(([name, values]) => [name, values.map(plain)]),
    ),
    warnings: outcome.warnings,
    issues: outcome.issues,
    written: files,
    settings: {
      ...settings,
      feeds: Object.fromEntries(Object.entries(feeds).filter(([, feed]) => feed.kind !== "tensor")),
    },
    documents: { graph: graph.document, ...(task === null ? {} : { task: task.document }) },
  };
}

/** PSNR and SSIM of the result and of the baseline, one number a sample, and what is left out. */
export function scoreRecord({ restored, baseline, leftOut }: Scores): object {
  return {
    metrics: numbersIn(restored),
    baseline: baseline === null ? null : numbersIn(baseline.metrics),
    leftOut,
  };
}

const numbersIn = ({ psnr, ssim, siSdr }: Metrics) => ({
  ...(psnr && { psnr }),
  ...(ssim && { ssim }),
  ...(siSdr && { siSdr: Object.fromEntries(siSdr.map(({ stem, values }) => [stem, values])) }),
});

function fileRecord({ shown, folder, document }: GraphFile): Readonly<Record<string, string>> {
  return { file: shown, folder, sha256: sha256Hex(writeDocument(document)) };
}

/** Versions of everything that decides the bits. */
export function versions(): Readonly<Record<string, string>> {
  const require = createRequire(import.meta.url);
  const versionOf = (file: string): string =>
    (JSON.parse(readFileSync(file, "utf8")) as { readonly version: string }).version;
  return {
    denoodle: versionOf(join(packageFolder, "package.json")),
    onnxruntime: versionOf(require.resolve("onnxruntime-node/package.json")),
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
  };
}

const mostListed = 64;

/** A value as JSON says it; a large tensor as its type. */
export function plain(result: Result): unknown {
  if (typeof result === "number") return Number.isFinite(result) ? result : String(result);
  if (isTensor(result)) return plainTensor(result);
  if (isList(result)) return result.map(plain);
  return Object.fromEntries(Object.entries(result).map(([key, value]) => [key, plain(value)]));
}

function isList(result: Exclude<Result, number | TensorData>): result is readonly Result[] {
  return Array.isArray(result);
}

function plainTensor({ dtype, shape, data }: TensorData): unknown {
  if (data.length > mostListed) return { dtype, shape };
  const values = Array.from({ length: data.length }, (_, i) => plain(Number(data[i])));
  return values.length === 1 ? values[0] : values;
}

function numbersOf(outputs: Readonly<Record<string, Result>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(outputs)
      .filter(([, value]) => !isTensor(value) || value.data.length <= mostListed)
      .map(([name, value]) => [name, plain(value)]),
  );
}
