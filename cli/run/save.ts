import { join } from "node:path";
import type { TensorData } from "../../runtime/tensor/tensor.ts";
import { writeNpyFile } from "../files/arrays.ts";
import { writeBytes } from "../files/bytes.ts";
import { longestSide, sideBySide } from "../files/side-by-side.ts";
import { writeWav } from "../files/wav.ts";
import { writeImage } from "../files/write-image.ts";
import { isTensor } from "../../runtime/execute/is-tensor.ts";
import type { Outcome } from "./outcome.ts";
import { recordName, writeFolder } from "./output-folder.ts";
import type { Prepared } from "./prepare.ts";
import { runRecord } from "./record.ts";
import { isPictures, samplesOf, stack } from "./samples.ts";
import type { Scores } from "../../runtime/protocol/score/score.ts";
import { soundOf, tracksOf } from "./sound.ts";

/** Samples of the result in the comparison. */
const mostShown = 8;

interface Shown {
  readonly scores: Scores;
  /** Stands below the truth in the comparison. */
  readonly title?: string | undefined;
}

/**
 * Writes a run's folder: each tensor as .npy (exact) and, where it is one, as pictures or WAV files; what the
 * command line fed, under inputs/; probes, under probes/; run.json; and comparison.png, which it
 * returns: null where there is nothing to see.
 */
export async function saveRun(
  folder: string,
  prepared: Prepared,
  outcome: Outcome,
  { scores, title }: Shown,
): Promise<Uint8Array | null> {
  const kept = {
    ...outcome.outputs,
    ...(scores.baseline && { baseline: scores.baseline.picture }),
  };
  const tensors = Object.entries(kept).flatMap(([name, value]) =>
    isTensor(value) ? [[name, value] as const] : [],
  );
  const picture = await comparison(prepared, Object.fromEntries(tensors), { scores, title });
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
    const sound = soundOf(prepared);
    if (sound !== null)
      for (const track of tensors.flatMap(([name, tensor]) => tracksOf(name, tensor, sound))) {
        await writeWav(join(into, `${track.name}.wav`), track.samples, sound.sampleRate);
        files.push(`${track.name}.wav`);
      }
    for (const [name, feed] of Object.entries(prepared.feeds))
      if (feed.kind === "tensor") await put(`inputs/${name}.npy`, feed.data);
    for (const [wire, frames] of Object.entries(outcome.probes)) {
      const film = stack(frames);
      if (film !== null) await put(`probes/${wire.replaceAll("/", "-")}.npy`, film);
    }
    if (picture !== null) {
      await writeBytes(join(into, "comparison.png"), picture);
      files.push("comparison.png");
    }
    const record = runRecord(prepared, outcome, { scores, files });
    const text = `${JSON.stringify(record, null, 2)}\n`;
    await writeBytes(join(into, recordName), new TextEncoder().encode(text));
  });
  return picture;
}

/** A measurement may be a long row of numbers that is no picture to a person. */
function isTooLong({ shape }: TensorData): boolean {
  return Math.max(...shape.slice(2)) > longestSide;
}

/** Truth, measurement, baseline and results in a row. */
async function comparison(
  { graph, feeds }: Prepared,
  tensors: Readonly<Record<string, TensorData>>,
  { scores: { restored, baseline }, title }: Shown,
): Promise<Uint8Array | null> {
  const result = tensors["x0"];
  if (result === undefined || !isPictures(result)) return null;
  const measured = feeds["measurement"];
  const before = [
    cell(tensors["image"], "image", title),
    cell(measured?.kind === "tensor" ? measured.data : tensors["measurement"], "measurement"),
    cell(tensors["baseline"], "baseline", decibels(baseline?.metrics.psnr?.[0])),
  ].flat();
  const after = samplesOf(result)
    .slice(0, mostShown)
    .map((picture, i) => labelled(picture, graph.document.name, decibels(restored.psnr?.[i])));
  const all = [...before, ...after];
  return sideBySide(
    all.map(({ picture }) => picture),
    all.map(({ label }) => label),
  );
}

interface Cell {
  readonly picture: TensorData;
  readonly label: string;
}

/** The first sample, where it can be shown. */
function cell(tensor: TensorData | undefined, name: string, below?: string): readonly Cell[] {
  if (tensor === undefined || !isPictures(tensor) || isTooLong(tensor)) return [];
  return [labelled(samplesOf(tensor)[0] ?? tensor, name, below)];
}

function labelled(picture: TensorData, name: string, below: string | undefined): Cell {
  return { picture, label: below === undefined ? name : `${name}\n${below}` };
}

function decibels(psnr: number | undefined): string | undefined {
  return psnr === undefined ? undefined : `${psnr.toFixed(2)} dB`;
}
