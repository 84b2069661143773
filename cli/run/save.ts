import { join } from "node:path";
import type { TensorData } from "../../runtime/tensor/tensor.ts";
import { writeNpyFile } from "../files/arrays.ts";
import { writeBytes } from "../files/bytes.ts";
import { longestSide, sideBySide } from "../files/side-by-side.ts";
import { writeImage } from "../files/write-image.ts";
import { isTensor, type Metrics } from "./measure.ts";
import type { Outcome } from "./outcome.ts";
import { recordName, writeFolder } from "./output-folder.ts";
import type { Prepared } from "./prepare.ts";
import { runRecord } from "./record.ts";
import { isPictures, samplesOf, stack } from "./samples.ts";

/** Outputs of the task, or a measurement from a file, that are shown beside the result, in this order. */
const shownBefore = ["image", "measurement"] as const;
const mostShown = 8;

/**
 * Writes a run's folder: each tensor as .npy (exact) and, where it is one, as pictures; what the
 * command line fed, under inputs/; probes, under probes/; run.json.
 */
export async function saveRun(
  folder: string,
  prepared: Prepared,
  outcome: Outcome,
  metrics: Metrics,
): Promise<void> {
  const tensors = Object.entries(outcome.outputs).flatMap(([name, value]) =>
    isTensor(value) ? [[name, value] as const] : [],
  );
  await writeFolder(folder, async (into) => {
    const files: string[] = [];
    const put = async (file: string, tensor: TensorData): Promise<void> => {
      await (file.endsWith(".npy") ? writeNpyFile : writeImage)(join(into, file), tensor);
      files.push(file);
    };
    for (const [name, tensor] of tensors) {
      await put(`${name}.npy`, tensor);
      if (!isPictures(tensor)) continue;
      const rows = samplesOf(tensor);
      for (const [i, row] of rows.entries())
        await put(rows.length === 1 ? `${name}.png` : `${name}-${i + 1}.png`, row);
    }
    for (const [name, feed] of Object.entries(prepared.feeds))
      if (feed.kind === "tensor") await put(`inputs/${name}.npy`, feed.data);
    for (const [wire, frames] of Object.entries(outcome.probes)) {
      const film = stack(frames);
      if (film !== null) await put(`probes/${wire.replaceAll("/", "-")}.npy`, film);
    }
    const measured = prepared.feeds["measurement"];
    const shown = {
      ...(measured?.kind === "tensor" ? { measurement: measured.data } : {}),
      ...Object.fromEntries(tensors),
    };
    const picture = await comparison(shown, metrics);
    if (picture !== null) {
      await writeBytes(join(into, "comparison.png"), picture);
      files.push("comparison.png");
    }
    const record = runRecord(prepared, outcome, { metrics, files });
    const text = `${JSON.stringify(record, null, 2)}\n`;
    await writeBytes(join(into, recordName), new TextEncoder().encode(text));
  });
}

/** A measurement may be a long row of numbers that is no picture to a person. */
function isTooLong({ shape }: TensorData): boolean {
  return Math.max(...shape.slice(2)) > longestSide;
}

/** Truth, measurement and results in a row; null where there is nothing to see. */
async function comparison(
  tensors: Readonly<Record<string, TensorData>>,
  { psnr }: Metrics,
): Promise<Uint8Array | null> {
  const result = tensors["x0"];
  if (result === undefined || !isPictures(result)) return null;
  const before = shownBefore.flatMap((name) => {
    const tensor = tensors[name];
    if (tensor === undefined || !isPictures(tensor) || isTooLong(tensor)) return [];
    return [{ picture: samplesOf(tensor)[0] ?? tensor, label: name }];
  });
  const after = samplesOf(result)
    .slice(0, mostShown)
    .map((picture, i) => {
      const db = psnr?.[i];
      return { picture, label: db === undefined ? "x0" : `x0\n${db.toFixed(2)} dB` };
    });
  const all = [...before, ...after];
  return sideBySide(
    all.map(({ picture }) => picture),
    all.map(({ label }) => label),
  );
}
