import type { TensorData } from "../../runtime/tensor/tensor.ts";
import { formatShape, sameShape } from "../../runtime/tensor/tensor.ts";
import type { EngineProcess } from "../engine/engine-process.ts";
import { fitInput } from "./fit-input.ts";
import { askPrior, type Taken } from "./prior-takes.ts";
import type { Note, ReadRun } from "./read-run.ts";

/**
 * The run with the tensors given by --in as the prior takes them: an array without an axis that counts
 * samples gets one, and pictures are fitted as --fit says. What was done is noted. The prior is asked
 * only if it matters.
 *
 * @throws IssueError `image.fit`, `image.channels`, `fit.unknown`.
 */
export async function shapeInputs(engine: EngineProcess, run: ReadRun): Promise<ReadRun> {
  const { settings, feeds } = run;
  const given = settings.inputs.flatMap(({ slot, file }) => {
    const feed = feeds[slot];
    return feed?.kind === "tensor" ? [{ slot, file, data: feed.data }] : [];
  });
  const { fit } = settings;
  if (fit === undefined && given.every(({ data }) => data.shape.length > pictureAxes)) return run;
  const taken = await askPrior(engine, run);
  const shaped = { ...feeds };
  const notes: Note[] = [];
  for (const { slot, file, data } of given) {
    const whole = withSampleAxis(data, taken);
    if (whole !== data)
      notes.push(
        note(
          file,
          slot,
          data,
          `has no axis that counts samples: it is taken as ${formatShape(whole.shape)}`,
        ),
      );
    const fitted =
      fit === undefined
        ? whole
        : await fitInput(engine, { ...run, feeds: shaped }, { slot, data: whole, fit, taken });
    if (!sameShape(fitted.shape, whole.shape))
      notes.push(
        note(file, slot, whole, `is made ${formatShape(fitted.shape)} by --fit ${fit?.how}`),
      );
    shaped[slot] = { kind: "tensor", data: fitted };
  }
  return { ...run, feeds: shaped, notes: [...run.notes, ...notes] };
}

/** Axes of a picture without the one that counts samples. */
const pictureAxes = 3;

/** One sample as a batch of one; a signal of one channel may come without that axis as well. */
function withSampleAxis(data: TensorData, { axes }: Taken): TensorData {
  const missing = axes === 0 ? 0 : axes + 1 - data.shape.length;
  if (missing !== 1 && missing !== 2) return data;
  return { ...data, shape: [...Array.from({ length: missing }, () => 1), ...data.shape] };
}

function note(file: string, slot: string, { shape }: TensorData, what: string): Note {
  const message = `The tensor ${formatShape(shape)} ${what}.`;
  return { file, issue: { code: "input.shaped", message, at: { path: [`--in ${slot}`] } } };
}
